package io.tongdao.collect.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories for a while: what a killed process left in them is worth nothing, and may name a dropped file. */
public final class Scratch {
    private Scratch() {}

    /** The directory, with nothing in it. */
    public static Path empty(Path directory) throws IOException {
        clear(directory);
        return Files.createDirectories(directory);
    }

    /** Takes it away with all that is in it. */
    static void clear(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
