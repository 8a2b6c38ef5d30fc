package io.tongdao.ops.cli;

import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.LogDestination;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps the console for what a command has to say: logs, and what libraries print past them, go under {@code --data/logs}. */
final class Quiet {
    private Quiet() {}

    static void use(DataDirectory data) throws IOException {
        System.setErr(new PrintStream(
                new FileOutputStream(data.logs().resolve("stderr.log").toFile(), true), true, StandardCharsets.UTF_8));
        LogDestination.use(data);
    }
}
