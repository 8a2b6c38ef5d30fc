package io.tongdao.release.mask;

/** A keyed hash with the key inside: what a library, an HSM or a KMS has to give for tokens. Not thread-safe. */
@FunctionalInterface
public interface Hmac {
    byte[] of(byte[] message);
}
