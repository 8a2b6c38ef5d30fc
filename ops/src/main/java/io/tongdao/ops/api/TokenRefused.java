package io.tongdao.ops.api;

/** A token that is not issued or revoked; the message says why. */
public final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    TokenRefused(String message) {
        super(message);
    }
}
