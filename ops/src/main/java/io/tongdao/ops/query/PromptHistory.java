package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.SqlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What was asked in the prompt, for the next time: readable by its owner alone, and without the values that were asked for. */
final class PromptHistory {
    private static final int KEPT = 500;

    private final Path file;

    PromptHistory(Path file) {
        this.file = file;
    }

    /** Oldest first; what can't be read is not there. */
    List<String> lines() throws IOException {
        if (!Files.isReadable(file)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.subList(Math.max(0, lines.size() - KEPT), lines.size());
    }

    void add(String statement) throws IOException {
        String line = SqlText.withoutValues(statement).replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return;
        }
        List<String> before = lines();
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        if (before.isEmpty() || !before.get(before.size() - 1).equals(line)) {
            Files.write(file, List.of(line), StandardOpenOption.APPEND);
        }
    }
}
