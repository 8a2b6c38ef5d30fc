package io.tongdao.ops.province;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * 128-bit fingerprints of keys and rows, salted anew in each run: tables are compared in little memory, and a fingerprint that shows
 * in a report can't be traced back by trying all numbers.
 */
final class Fingerprints {
    private static final int SALT = 16;
    private final byte[] salt = new byte[SALT];
    private final MessageDigest digest;

    Fingerprints() {
        new SecureRandom().nextBytes(salt);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    record Print(long high, long low) {
        /** As shown in a report. */
        String hex() {
            return String.format("%016x", high).substring(0, 12);
        }
    }

    Print of(String text) {
        digest.update(salt);
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Print(bytes.getLong(), bytes.getLong());
    }

    /** @param values canonical, by column; absent and null are the same */
    Print of(Map<String, @Nullable String> values) {
        StringBuilder text = new StringBuilder(256);
        new TreeMap<>(values).forEach((column, value) -> {
            if (value != null) {
                text.append(column).append('\1').append(value).append('\2');
            }
        });
        return of(text.toString());
    }
}
