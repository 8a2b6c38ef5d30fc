package io.tongdao.ops.files;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.DurableFiles;
import io.tongdao.ops.embedded.StagedDirectory;
import io.tongdao.ops.embedded.StagedDirectory.Filler;
import io.tongdao.ops.keys.FileKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directories of files: {@code files/<consumer>/<grant>/e<n>/<version>}, named after agencies, grants and times and after nobody else. A version
 * is there whole or not at all, is never changed, and is readable by its owner alone.
 */
public final class FileShelf {
    private static final Pattern VERSION = Pattern.compile("\\d{8}T\\d{9}Z");
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String GONE = ".old-";
    private final Path root;
    private final Map<Path, FileManifest> read = new ConcurrentHashMap<>();

    public FileShelf(DataDirectory data) {
        this.root = data.files();
    }

    /** Takes away what a process that ended in between has left; nobody may be making files. */
    void clean() throws IOException {
        for (Path epoch : epochs()) {
            for (Path left : inside(epoch)) {
                if (!VERSION.matcher(left.getFileName().toString()).matches()) {
                    StagedDirectory.delete(left);
                }
            }
        }
    }

    /** What a version made at a moment is called: later ones sort behind, also if the clock was set back. */
    String next(Grant grant, Instant now) throws IOException {
        String last = inside(epoch(grant)).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> VERSION.matcher(name).matches())
                .max(Comparator.naturalOrder())
                .orElse("");
        String name = NAME.format(now);
        return name.compareTo(last) > 0
                ? name
                : NAME.format(NAME.parse(last, Instant::from).plusMillis(1));
    }

    /** @param filler puts manifest and data into an empty directory, and may refuse: then there is no version */
    FileVersion make(Grant grant, String version, Filler filler) throws IOException, InterruptedException {
        Path epoch = epoch(grant);
        Files.createDirectories(epoch);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Path target = epoch.resolve(version);
        StagedDirectory.make(target, draft -> {
            filler.fill(draft);
            DurableFiles.settleAll(draft);
        });
        DurableFiles.settle(epoch);
        return new FileVersion(target, manifest(target));
    }

    /** Those of the present epoch, the oldest first. */
    public List<FileVersion> versions(Grant grant) throws IOException {
        return versions(epoch(grant));
    }

    /** All that are kept, of all grants and epochs. */
    public List<FileVersion> all() throws IOException {
        List<FileVersion> all = new ArrayList<>();
        for (Path epoch : epochs()) {
            all.addAll(versions(epoch));
        }
        return all;
    }

    /** Whether a version of the present epoch is sealed with a key. */
    public boolean seals(Grant grant, FileKey key) {
        try {
            return grant.id().equals(key.grant())
                    && versions(grant).stream()
                            .map(version -> version.manifest().sealed())
                            .anyMatch(seal -> seal != null && seal.key() == key.version());
        } catch (IOException e) {
            throw new UncheckedIOException("files of grant " + grant.id() + " can't be listed", e);
        }
    }

    /** The version of the newest key that files of any epoch of a grant are sealed with; 0: none are. */
    int newestKey(Grant grant) throws IOException {
        int newest = 0;
        for (FileVersion version : all()) {
            FileManifest.Sealed seal = version.manifest().sealed();
            if (seal != null && version.manifest().grant().equals(grant.id())) {
                newest = Math.max(newest, seal.key());
            }
        }
        return newest;
    }

    /** Takes a version away: at once for whoever lists them. */
    void remove(FileVersion version) throws IOException {
        Path gone =
                version.directory().resolveSibling(GONE + version.directory().getFileName());
        Files.move(version.directory(), gone, StandardCopyOption.ATOMIC_MOVE);
        read.remove(version.directory());
        StagedDirectory.delete(gone);
    }

    /** Versions never change, so that each is read once. */
    private FileManifest manifest(Path directory) throws IOException {
        FileManifest known = read.get(directory);
        if (known == null) {
            known = FileManifest.read(directory.resolve(FileManifest.NAME));
            read.put(directory, known);
        }
        return known;
    }

    private List<FileVersion> versions(Path epoch) throws IOException {
        List<FileVersion> versions = new ArrayList<>();
        for (Path directory : inside(epoch)) {
            if (VERSION.matcher(directory.getFileName().toString()).matches()
                    && Files.exists(directory.resolve(FileManifest.NAME))) {
                versions.add(new FileVersion(directory, manifest(directory)));
            }
        }
        versions.sort(Comparator.comparing(version -> version.manifest().version()));
        return versions;
    }

    private Path epoch(Grant grant) {
        return root.resolve(grant.consumer()).resolve(grant.id()).resolve("e" + grant.epoch());
    }

    private List<Path> epochs() throws IOException {
        List<Path> epochs = new ArrayList<>();
        for (Path consumer : inside(root)) {
            for (Path grant : inside(consumer)) {
                epochs.addAll(inside(grant));
            }
        }
        return epochs;
    }

    private static List<Path> inside(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(Files::isDirectory).toList();
        }
    }
}
