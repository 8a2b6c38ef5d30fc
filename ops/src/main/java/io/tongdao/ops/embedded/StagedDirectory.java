package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Makes a directory with content that is there whole or not at all, however the process ends. */
public final class StagedDirectory {
    private StagedDirectory() {}

    @FunctionalInterface
    public interface Filler {
        void fill(Path empty) throws IOException, InterruptedException;
    }

    /** Fills a draft beside {@code target} and renames it; does nothing if {@code target} exists, also if it came up meanwhile. */
    public static void make(Path target, Filler filler) throws IOException, InterruptedException {
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        Path draft = Files.createTempDirectory(target.resolveSibling(".").normalize(), ".new-");
        try {
            filler.fill(draft);
            if (!Files.exists(target)) {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            delete(draft);
        }
    }

    /** Deletes a directory with what is in it, if it is there. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
