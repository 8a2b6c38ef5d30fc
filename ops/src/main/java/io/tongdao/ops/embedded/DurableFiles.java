package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Writes small files that are there whole or not at all, however the process ends. */
public final class DurableFiles {
    public static final String SHARED = "rw-r--r--";
    public static final String OWNER_ONLY = "rw-------";

    private DurableFiles() {}

    /** Replaces {@code file} by {@code text}; the permissions hold from the first byte on. */
    public static void write(Path file, String text, String permissions) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), permissions);
    }

    /** The same for bytes. On the disk when it returns, the directory's entry too. */
    public static void write(Path file, byte[] content, String permissions) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        FileAttribute<Set<PosixFilePermission>> mode =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, mode)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        settle(file.toAbsolutePath().resolveSibling("."));
    }

    /** Returns when a file's content, or a directory's entries, are on the disk. */
    public static void settle(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The same for a directory and all files in it. */
    public static void settleAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                settle(file);
            }
        }
        settle(directory);
    }
}
