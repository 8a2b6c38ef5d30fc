package io.tongdao.ops.keys;

import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.release.LedgerKey;
import io.tongdao.release.TokenKey;
import io.tongdao.release.TokenKeys;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Where keys of tokens are kept and who may change them: {@link Pkcs12Keys} for one machine; a KMS or an HSM takes its place by
 * implementing this. Versions of a consumer's key for a purpose go up from 1, are random each, and are never made again once destroyed.
 *
 * <p>Safe for several threads and processes.
 */
public interface TokenKeyStore extends TokenKeys {
    /** The newest version; it is made where there is none, or the newest was destroyed. */
    int current(String consumer, String purpose);

    /**
     * The release ledger's key, made where there is none.
     *
     * @param written whether the ledger has entries: then no other key may take its place
     * @throws StartFailedException if the key of what is written is not there: the store is older than the ledger, or another's
     */
    default void ledger(BooleanSupplier written) {
        try {
            hmac(LedgerKey.KEY);
        } catch (IllegalArgumentException e) {
            if (written.getAsBoolean()) {
                throw new StartFailedException(
                        "the release ledger is written with a key that is not in the key store; bring secrets/token-keys.p12"
                                + " back from a newer backup");
            }
            current(LedgerKey.KEY.consumer(), LedgerKey.KEY.purpose());
        }
    }

    /** All that ever was, by consumer, purpose and version. */
    List<KeyRecord> list();

    /**
     * Makes the next version.
     *
     * @throws KeyRefused if there is no key of these two yet
     */
    KeyRecord rotate(String consumer, String purpose, String by, String reason);

    /**
     * Destroys a key for good; its record stays.
     *
     * @throws KeyRefused if there is no such key, or no longer
     */
    KeyRecord destroy(TokenKey key, String by, String reason);
}
