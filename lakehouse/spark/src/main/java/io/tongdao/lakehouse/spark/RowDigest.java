package io.tongdao.lakehouse.spark;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A digest of rows whatever their order: their count, and the sum of their SHA-256. */
public final class RowDigest {
    private static final BigInteger BOUND = BigInteger.ONE.shiftLeft(256);

    private final MessageDigest sha;
    private BigInteger sum = BigInteger.ZERO;
    private long rows;

    public RowDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    public void add(byte[] row) {
        sum = sum.add(new BigInteger(1, sha.digest(row))).mod(BOUND);
        rows++;
    }

    public long rows() {
        return rows;
    }

    @Override
    public String toString() {
        return sum.toString(16);
    }
}
