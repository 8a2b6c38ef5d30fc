package io.tongdao.collect;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** 16 bytes of SHA-256 that stand for a record's value. Not thread-safe. */
final class ValueDigest {
    private static final int WIDTH = 16;
    private final MessageDigest sha256;

    ValueDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    byte[] of(byte[] value) {
        return Arrays.copyOf(sha256.digest(value), WIDTH);
    }
}
