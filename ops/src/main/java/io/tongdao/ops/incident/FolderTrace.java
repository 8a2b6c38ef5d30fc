package io.tongdao.ops.incident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Files below a folder, the folder included. */
record FolderTrace(String kind, String name, Path folder) implements Trace {
    @Override
    public void remove() throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (var below = Files.walk(folder)) {
                all = below.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path one : all) {
                Files.deleteIfExists(one);
            }
        }
    }

    @Override
    public Optional<String> left() throws IOException {
        try (var below = Files.walk(folder)) {
            return Optional.of(below.filter(Files::isRegularFile).count() + " files in " + folder);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public String proof() {
        return "目录不存在 no such folder: " + folder;
    }
}
