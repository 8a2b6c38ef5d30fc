package io.tongdao.ops.api;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API as whom: the value of {@code ctl.token}, keyed by id. The token itself is shown once, when it is issued, and nowhere kept.
 *
 * @param id the public part of the token
 * @param digest SHA-256 of the secret part, hex: it has 256 random bits, so nothing is gained by trying
 * @param agency empty for roles that act for none
 * @param person who uses it
 * @param revoked null: it is not
 */
public record ApiToken(
        String id,
        String digest,
        Role role,
        String agency,
        String person,
        String issuedBy,
        Instant issued,
        Instant expires,
        @Nullable Revoked revoked) {
    public static final JsonFormat<ApiToken> FORMAT = new JsonFormat<>(ApiToken.class);

    public record Revoked(Instant at, String by, String reason) {}

    /** Whether it counts at an instant. */
    public boolean inForce(Instant now) {
        return revoked == null && now.isBefore(expires);
    }

    Identity identity() {
        return new Identity(role, agency, person, id);
    }

    @Override
    public String toString() {
        return "ApiToken[" + id + " " + role + " " + agency + "]";
    }
}
