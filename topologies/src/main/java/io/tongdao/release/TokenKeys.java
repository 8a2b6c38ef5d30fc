package io.tongdao.release;

import io.tongdao.release.mask.Hmac;

/**
 * The keys of consumers' tokens, wherever they are kept. A key is used and never handed out, so that it may stay in an HSM or a KMS: an
 * implementation gives what hashes with it.
 */
@FunctionalInterface
public interface TokenKeys {
    /**
     * HMAC-SM3 with a key, for one thread. What it throws while it is used stops the stage, which begins again where it was.
     *
     * @throws IllegalArgumentException if there is no such key, or no longer; none is ever made here
     */
    Hmac hmac(TokenKey key);
}
