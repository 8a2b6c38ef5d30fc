package io.tongdao.lakehouse.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Iceberg's files on the local disk, without Hadoop. A file that was closed is on the disk: its bytes and its name are fsync'ed
 * (property {@code local.fsync=false} trades that for speed). Locations are absolute paths, with or without {@code file:}, so that
 * Spark's HadoopFileIO opens them too.
 */
public final class LocalFileIO implements FileIO {
    /** Catalog property: {@code false} leaves flushing to the operating system. */
    public static final String FSYNC = "local.fsync";

    private Map<String, String> properties = Map.of();
    private boolean fsync = true;

    @Override
    public void initialize(Map<String, String> settings) {
        properties = Map.copyOf(settings);
        fsync = !"false".equals(settings.get(FSYNC));
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInput(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location, fsync);
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + location, e);
        }
    }

    static Path path(String location) {
        if (location.startsWith("file://")) {
            return Path.of(location.substring("file://".length()));
        }
        return Path.of(location.startsWith("file:") ? location.substring("file:".length()) : location);
    }

    /** Makes the directory and its missing parents, each of them durable. */
    static void makeDirectories(Path directory, boolean fsync) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectories(parent, fsync);
        }
        Files.createDirectories(directory);
        if (fsync && parent != null) {
            syncDirectory(parent);
        }
    }

    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
