package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process runs as root, which two of the servers don't like. */
final class Account {
    private Account() {}

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new StartFailedException("cannot tell which user this process runs as: " + e, e);
        }
    }
}
