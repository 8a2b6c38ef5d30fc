package io.tongdao.ops.opening;

import io.tongdao.lakehouse.query.TableFiles.Format;
import io.tongdao.ops.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The publications that stand, as tables: of each the newest version whose files can be read (art. 37). */
public final class OpenSnapshots {
    private OpenSnapshots() {}

    /** @param applicant whose own versions count too; of everybody's and his the newer one */
    public static Map<String, Path> of(DataDirectory data, String applicant) throws IOException {
        Map<String, Path> tables = new TreeMap<>();
        for (Path publication : inside(data.open())) {
            Stream.concat(newest(publication).stream(), newest(publication.resolve(applicant)).stream())
                    .max(Comparator.comparingInt(OpenSnapshots::number))
                    .ifPresent(version -> tables.put(
                            "open." + publication.getFileName(), version.resolve(OpenFiles.data(Format.PARQUET))));
        }
        return tables;
    }

    private static Optional<Path> newest(Path directory) throws IOException {
        return inside(directory).stream()
                .filter(version -> number(version) > 0 && Files.exists(version.resolve(OpenFiles.MANIFEST)))
                .max(Comparator.comparingInt(OpenSnapshots::number));
    }

    /** Of {@code v<n>}; 0: another directory. */
    private static int number(Path version) {
        String name = version.getFileName().toString();
        return name.matches("v\\d{1,9}") ? Integer.parseInt(name.substring(1)) : 0;
    }

    private static List<Path> inside(Path directory) throws IOException {
        if (!Files.isDirectory(directory) || !Files.isReadable(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(Files::isDirectory).toList();
        }
    }
}
