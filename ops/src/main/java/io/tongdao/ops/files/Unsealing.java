package io.tongdao.ops.files;

import io.tongdao.contract.seal.FileDigest;
import io.tongdao.contract.seal.FileSeal;
import io.tongdao.ops.embedded.DurableFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Opens what was picked up: what comes out is what the exchange put in, by seal and manifest, or nothing comes out. */
public final class Unsealing {
    private final KeyPaper key;
    private final Path manifest;

    public Unsealing(KeyPaper key, Path manifest) {
        this.key = key;
        this.manifest = manifest;
    }

    /**
     * @param out must not be there
     * @return how many rows the file has
     * @throws FilesRefused with one line, if it is not what the manifest describes, or does not open
     */
    public long open(Path in, Path out) throws IOException {
        if (!Files.exists(in) || !Files.exists(manifest)) {
            throw new FilesRefused("there is no " + (Files.exists(in) ? manifest + ": name it by --manifest" : in));
        }
        if (Files.exists(out)) {
            throw new FilesRefused(out + " is there already: name a file that is not");
        }
        FileManifest described = FileManifest.read(manifest);
        FileManifest.Sealed sealed = described.sealed();
        if (sealed == null) {
            throw new FilesRefused(described.grant() + " " + described.version() + " is not sealed: use it as it is");
        }
        if (!key.grant().equals(described.grant()) || key.version() != sealed.key()) {
            throw new FilesRefused("this is key f%d of %s, and the file is sealed with key f%d of %s"
                    .formatted(key.version(), key.grant(), sealed.key(), described.grant()));
        }
        same(in, FileDigest.of(in), described.data().digest());
        Path draft = out.resolveSibling(out.getFileName() + ".new");
        Files.deleteIfExists(draft);
        KeyPaper.reserve(draft);
        try {
            open(in, draft, sealed.place());
            same(in, FileDigest.of(draft), sealed.content().digest());
            DurableFiles.settle(draft);
            Files.move(draft, out, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return described.rows();
    }

    private void open(Path in, Path draft, String place) throws IOException {
        try (InputStream sealed = new BufferedInputStream(Files.newInputStream(in));
                OutputStream clear = new BufferedOutputStream(Files.newOutputStream(draft))) {
            new FileSeal(key.key(), place).open(sealed, clear);
        } catch (FileSeal.Broken e) {
            throw new FilesRefused(in + ": " + e.getMessage());
        }
    }

    private static void same(Path in, FileDigest found, FileDigest described) {
        if (!found.equals(described)) {
            throw new FilesRefused(in + " is not what its manifest describes: SM3 " + found.sm3() + ", not "
                    + described.sm3() + "; fetch both again");
        }
    }
}
