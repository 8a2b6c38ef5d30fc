package io.tongdao.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command writes where its user says. */
final class Written {
    private Written() {}

    /** The same file, with the directory it stands in made. */
    static Path beneath(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            try {
                Files.createDirectories(parent);
            } catch (IOException e) {
                throw new CommandFailedException(
                        Main.USAGE, "can't make the directory " + parent + ": name another --out");
            }
        }
        return file;
    }
}
