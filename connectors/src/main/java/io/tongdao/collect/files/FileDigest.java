package io.tongdao.collect.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.jcajce.provider.digest.SM3;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a file's bytes.
 *
 * @param hex 64 lower-case hex digits
 */
public record FileDigest(Algorithm algorithm, String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int CHUNK = 1 << 20;

    /** Both give 256 bits. */
    public enum Algorithm {
        SHA256,
        /** GB/T 32905. */
        SM3;

        private MessageDigest start() {
            try {
                return this == SM3 ? new SM3.Digest() : MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }
    }

    /** {@code sha256:<hex>} or {@code sm3:<hex>}; null if it is neither. */
    public static @Nullable FileDigest parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            String prefix = algorithm.name().toLowerCase(Locale.ROOT) + ':';
            if (text.startsWith(prefix)
                    && HEX.matcher(text.substring(prefix.length())).matches()) {
                return new FileDigest(algorithm, text.substring(prefix.length()).toLowerCase(Locale.ROOT));
            }
        }
        return null;
    }

    /** Of the bytes that are in the file now. */
    public static FileDigest of(Algorithm algorithm, Path file) throws IOException {
        MessageDigest digest = algorithm.start();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return new FileDigest(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    /** Enough of it to tell files apart by eye. */
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return algorithm.name().toLowerCase(Locale.ROOT) + ':' + hex;
    }
}
