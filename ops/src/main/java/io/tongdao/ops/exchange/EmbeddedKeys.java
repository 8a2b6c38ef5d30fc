package io.tongdao.ops.exchange;

import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.release.MasterSecret;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys of an installation that more than one of its programs needs; made where they are first asked for. */
public final class EmbeddedKeys {
    private EmbeddedKeys() {}

    /** Names sets of contradicting values: reconciliation's, and explain's. */
    public static SecretKey valueSets(DataDirectory data) {
        return hmac(data, "value-sets");
    }

    /** Behind the tokens of subjects on the record of accesses: no consumer's tokens can be joined with them. */
    public static byte[] accesses(DataDirectory data) {
        return MasterSecret.remembered(data.secrets().resolve("access-tokens"));
    }

    /** Tokens by which opening finds rows again that were published before. */
    public static SecretKey openings(DataDirectory data) {
        return hmac(data, "openings");
    }

    static SecretKey hmac(DataDirectory data, String secret) {
        return new SecretKeySpec(
                Secrets.remembered(data, secret).reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }
}
