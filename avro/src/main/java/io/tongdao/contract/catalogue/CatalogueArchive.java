package io.tongdao.contract.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A catalogue's files as one value, gzip'ed JSON of name → text: what {@code ctl.catalogue} carries. References to secrets are in it,
 * secrets are not.
 */
public final class CatalogueArchive {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> FILES = new TypeReference<>() {};

    private CatalogueArchive() {}

    /**
     * @param bytes the archive
     * @param digest of names and contents, as {@link Catalogue#digest()} gives it
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Packed(byte[] bytes, String digest) {}

    /** @throws CatalogueRefused if a file can't be read as a catalogue's */
    public static Packed pack(Path directory) {
        Problems problems = new Problems();
        CatalogueFiles files = CatalogueFiles.read(directory, problems);
        List<Problem> found = problems.sorted();
        if (!found.isEmpty()) {
            throw new CatalogueRefused(found);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            JSON.writeValue(gzip, files.texts());
        } catch (IOException e) {
            throw new UncheckedIOException("a catalogue can't be packed", e);
        }
        return new Packed(out.toByteArray(), files.digest());
    }

    /** Writes the files of an archive into a directory, which holds exactly them afterwards. */
    public static void unpack(byte[] archive, Path directory) throws IOException {
        TreeMap<String, String> files;
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            files = JSON.readValue(gzip, FILES);
        }
        clear(directory);
        for (var file : files.entrySet()) {
            Path path = directory.resolve(file.getKey()).normalize();
            if (!path.startsWith(directory)) {
                throw new IOException("an archived catalogue names a file outside of it");
            }
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }
}
