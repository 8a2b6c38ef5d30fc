package io.tongdao.ops.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that an answer becomes: written beside its place and readable by its owner alone, there whole or not at all. */
final class AnswerFile implements AutoCloseable {
    private final Path place;
    private final Path draft;

    private AnswerFile(Path place, Path draft) {
        this.place = place;
        this.draft = draft;
    }

    /** @throws QueryUnanswered if there can't be such a file */
    static AnswerFile at(Path file) throws IOException {
        Path place = file.toAbsolutePath().normalize();
        if (place.getParent() == null || !Files.isDirectory(place.getParent())) {
            throw new QueryUnanswered("--out " + file + ": there is no directory " + place.getParent());
        }
        if (Files.isDirectory(place)) {
            throw new QueryUnanswered("--out " + file + " is a directory; name a file");
        }
        String name = "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part";
        Path draft = place.resolveSibling(name);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new AnswerFile(place, draft);
    }

    Path draft() {
        return draft;
    }

    /** Puts what was written in its place. */
    void finish() throws IOException {
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(draft);
    }
}
