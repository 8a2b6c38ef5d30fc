package io.tongdao.ops.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Values that occur nowhere else, to be looked for: as they are, and as the hexadecimal dump of their bytes. ASCII, so that every encoding shows them. */
record Markers(Set<String> values) {
    static Markers of(String... values) {
        return new Markers(Set.of(values));
    }

    Markers and(Markers more) {
        return new Markers(
                Stream.concat(values.stream(), more.values.stream()).collect(java.util.stream.Collectors.toSet()));
    }

    /** Those that occur in some bytes. */
    Set<String> in(byte[] bytes) {
        return in(new String(bytes, ISO_8859_1));
    }

    Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        for (String value : values) {
            if (text.contains(value) || text.contains(HexFormat.of().formatHex(value.getBytes(US_ASCII)))) {
                found.add(value);
            }
        }
        return found;
    }

    /** Those that occur in the files of a directory; the files' names count. */
    Set<String> inFiles(Path directory) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files(directory)) {
            found.addAll(in(file.toString()));
            if (Files.isRegularFile(file)) {
                found.addAll(in(Files.readAllBytes(file)));
            }
        }
        return found;
    }

    /** Those that occur in names of files under a directory. */
    Set<String> inNames(Path directory) throws IOException {
        Set<String> found = new TreeSet<>();
        files(directory).forEach(file -> found.addAll(in(file.toString())));
        return found;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }
}
