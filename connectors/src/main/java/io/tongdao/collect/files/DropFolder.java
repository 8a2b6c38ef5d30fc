package io.tongdao.collect.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One inbox on disk: what lies in it, and its folders {@code done} and {@code failed}. What is moved there is called by its id. The
 * manifest leaves last, so that a move broken off is found and gone through again.
 */
public final class DropFolder {
    private static final String REPORT = ".report.txt";
    private static final String RECEIPT = ".receipt.json";
    private final Path directory;

    public DropFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * What lies in the inbox.
     *
     * @param drops by the names of their manifests
     * @param bare how many files have no manifest yet
     */
    public record Content(List<Drop> drops, int bare) {}

    public Content look() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(files::add);
        }
        List<Drop> drops = files.stream()
                .filter(path -> Drop.isManifest(path.getFileName().toString()))
                .map(Drop::of)
                .toList();
        List<Path> announced = drops.stream().map(Drop::file).toList();
        long bare = files.stream()
                .filter(path -> !Drop.isManifest(path.getFileName().toString()))
                .filter(path -> !announced.contains(path))
                .count();
        return new Content(drops, (int) bare);
    }

    /** How many reports wait in the failed folder for somebody to clear them away. */
    public int failures() throws IOException {
        Path failed = directory.resolve("failed");
        if (!Files.isDirectory(failed)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(failed)) {
            return (int) all.filter(path -> path.getFileName().toString().endsWith(REPORT))
                    .count();
        }
    }

    /** Whether a receipt of that id is in the done folder. */
    public boolean receipted(String id) {
        return Files.exists(directory.resolve("done").resolve(id + RECEIPT));
    }

    /** Moves a drop to the done folder, its receipt first. */
    public void done(Drop drop, String id, byte[] receipt) throws IOException {
        put(drop, Files.createDirectories(directory.resolve("done")), id, RECEIPT, receipt);
    }

    /** Moves a drop to the failed folder, the report first. */
    public void failed(Drop drop, String id, List<String> problems) throws IOException {
        byte[] report = (String.join("\n", problems) + '\n').getBytes(StandardCharsets.UTF_8);
        put(drop, Files.createDirectories(directory.resolve("failed")), id, REPORT, report);
    }

    private static void put(Drop drop, Path folder, String id, String ending, byte[] text) throws IOException {
        write(folder.resolve(id + ending), text);
        if (Files.exists(drop.file(), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(drop.file(), folder.resolve(id + ending(drop.file())), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(drop.manifest(), folder.resolve(id + Drop.SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The only part of a file's name that is kept. */
    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Stream.of(".csv", ".parquet").filter(name::endsWith).findFirst().orElse(".data");
    }

    private static void write(Path file, byte[] text) throws IOException {
        Path draft = file.resolveSibling('.' + file.getFileName().toString() + ".new");
        Files.write(draft, text);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
