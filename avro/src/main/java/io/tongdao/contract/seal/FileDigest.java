package io.tongdao.contract.seal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * By what a file is recognised.
 *
 * @param sm3 GB/T 32905, hex
 * @param sha256 hex
 */
public record FileDigest(long bytes, String sm3, String sha256) {
    private static final int BUFFER = 64 << 10;

    /** Reads the file once, piece by piece. */
    public static FileDigest of(Path file) throws IOException {
        SM3Digest sm3 = new SM3Digest();
        MessageDigest sha256 = sha();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sm3.update(buffer, 0, read);
                sha256.update(buffer, 0, read);
                bytes += read;
            }
        }
        byte[] digest = new byte[sm3.getDigestSize()];
        sm3.doFinal(digest, 0);
        HexFormat hex = HexFormat.of();
        return new FileDigest(bytes, hex.formatHex(digest), hex.formatHex(sha256.digest()));
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
