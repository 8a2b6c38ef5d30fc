package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The one place that knows the layout under {@code --data}. Opening makes what is missing and refuses, with one line, a path that is
 * no directory, a directory that holds something else, and a layout written by a newer Tongdao.
 */
public final class DataDirectory {
    /** Version of the layout, kept in the file {@code LAYOUT}. */
    static final int LAYOUT = 2;

    private static final String LAYOUT_FILE = "LAYOUT";
    private static final List<String> FOLDERS =
            List.of("kafka", "registry", "postgres", "mariadb", "lake", "state", "logs", "run");

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /**
     * Opens {@code path}, making what is missing.
     *
     * @throws StartFailedException if the directory can't be used
     */
    public static DataDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StartFailedException(root + " is a file; give --data a directory");
        }
        DataDirectory data = new DataDirectory(root);
        try {
            data.checkLayout();
            data.makeFolders();
        } catch (IOException e) {
            throw new StartFailedException("cannot use " + root + " as --data: " + e, e);
        }
        return data;
    }

    private void checkLayout() throws IOException {
        Path file = root.resolve(LAYOUT_FILE);
        if (!Files.exists(file)) {
            refuseForeignContent();
            Files.createDirectories(root);
            DurableFiles.write(file, LAYOUT + "\n", DurableFiles.SHARED);
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(Integer.toString(LAYOUT))) {
            throw new StartFailedException(root + " has layout " + found + ", this Tongdao knows layout " + LAYOUT
                    + "; use the Tongdao that wrote it, or another --data");
        }
    }

    private void refuseForeignContent() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (var entries = Files.list(root)) {
            if (entries.anyMatch(entry -> !entry.getFileName().toString().startsWith("."))) {
                throw new StartFailedException(
                        root + " holds files that are not Tongdao's; give --data an empty directory");
            }
        }
    }

    private void makeFolders() throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.createDirectories(secrets());
        Files.setPosixFilePermissions(secrets(), PosixFilePermissions.fromString("rwx------"));
    }

    public Path root() {
        return root;
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    /** Where the broker has a folder for each partition: what is not there, it has no byte of. */
    public Path kafkaLogs() {
        return kafka().resolve("data");
    }

    public Path registry() {
        return root.resolve("registry");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path mariadb() {
        return root.resolve("mariadb");
    }

    /** Iceberg's warehouse and its SQLite catalog. */
    public Path lake() {
        return root.resolve("lake");
    }

    /** State stores of the stages and the sink's index: rebuilt when lost. */
    public Path state() {
        return root.resolve("state");
    }

    /** Takes a stage's state away; it must not run. */
    public void dropState(String applicationId) throws IOException {
        StagedDirectory.delete(state().resolve(applicationId));
    }

    /** What is opened to the public, and nothing else: may be served as it stands. */
    public Path open() {
        return root.resolve("open");
    }

    /** What opening remembers of former versions, and versions that are suspended: readable by its owner alone. */
    public Path openRecord() {
        return root.resolve("open-record");
    }

    /** Certificates of destroyed incidents (art. 27): kept for good. */
    public Path certificates() {
        return root.resolve("certificates");
    }

    /** Files of grants, until they are picked up: readable by their owner alone. */
    public Path files() {
        return root.resolve("files");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Pids, ports and the lock of what runs on this directory. */
    public Path run() {
        return root.resolve("run");
    }

    /** Readable by its owner alone. */
    public Path secrets() {
        return root.resolve("secrets");
    }
}
