package io.tongdao.ops.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Runs a server's set-up programme to its end; its output goes to a log file. */
final class Tool {
    private Tool() {}

    @FunctionalInterface
    interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    /** @throws StartFailedException if the programme fails */
    static void run(String what, List<String> words, Input input, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (OutputStream out = process.getOutputStream()) {
            input.writeTo(out);
        } catch (IOException endedEarly) {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            throw new StartFailedException(what + " failed; see " + log);
        }
    }
}
