package io.tongdao.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret behind all tokens, by reference: {@code env:NAME} or {@code file:PATH}, hexadecimal. Losing it changes every token. */
public final class MasterSecret {
    private static final int BYTES = 32;

    private MasterSecret() {}

    /** @throws IllegalArgumentException if the reference leads to no secret; never quotes it */
    public static byte[] read(String reference) {
        String hex;
        if (reference.startsWith("env:")) {
            hex = System.getenv(reference.substring(4));
        } else if (reference.startsWith("file:")) {
            hex = content(Path.of(reference.substring(5)));
        } else {
            throw new IllegalArgumentException("a secret is referred to by env:NAME or file:PATH");
        }
        if (hex == null || hex.isBlank()) {
            throw new IllegalArgumentException("no secret at " + reference);
        }
        return HexFormat.of().parseHex(hex.strip());
    }

    /** The secret in a file that only its owner can read, made at random where there is none. */
    public static byte[] remembered(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(secret));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the master secret can't be kept in " + file, e);
        }
        return read("file:" + file);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("the secret in " + file + " can't be read", e);
        }
    }
}
