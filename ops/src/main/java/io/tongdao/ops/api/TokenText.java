package io.tongdao.ops.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A token as it is sent, {@code td_<id>_<secret>}. Never for a log.
 *
 * @param id 16 hex digits
 * @param secret 256 random bits, base64url
 */
record TokenText(String id, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "td_";
    private static final int ID = 16;
    private static final int LONGEST = 100;

    static TokenText random() {
        byte[] id = new byte[ID / 2];
        byte[] secret = new byte[32];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(secret);
        return new TokenText(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<TokenText> parse(String text) {
        int bar = PREFIX.length() + ID;
        boolean form = text.length() > bar + 1
                && text.length() <= LONGEST
                && text.startsWith(PREFIX)
                && text.charAt(bar) == '_';
        return form
                ? Optional.of(new TokenText(text.substring(PREFIX.length(), bar), text.substring(bar + 1)))
                : Optional.empty();
    }

    String text() {
        return PREFIX + id + '_' + secret;
    }

    String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** In the same time whatever differs. */
    boolean fits(ApiToken token) {
        return MessageDigest.isEqual(
                digest().getBytes(StandardCharsets.US_ASCII), token.digest().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "TokenText[***]";
    }
}
