package io.tongdao.ops.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** An identifier that is typed when asked for, or given on standard input: a command line is kept by the shell and seen by others. */
final class SubjectInput {
    private SubjectInput() {}

    static String asked(PrintWriter err) throws IOException {
        if (System.console() != null) {
            err.print("主体标识 subject: ");
            err.flush();
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw new CommandFailedException(
                    Main.USAGE, "no SUBJECT: type it when asked, or give it on standard input in one line");
        }
        return line.strip();
    }
}
