package io.tongdao.ops.keys;

import io.tongdao.release.TokenKey;
import io.tongdao.release.TokenKeys;
import java.util.List;

/**
 * Where keys of tokens are kept and who may change them: {@link Pkcs12Keys} for one machine; a KMS or an HSM takes its place by
 * implementing this. Versions of a consumer's key for a purpose go up from 1, are random each, and are never made again once destroyed.
 *
 * <p>Safe for several threads and processes.
 */
public interface TokenKeyStore extends TokenKeys {
    /** The newest version; it is made where there is none, or the newest was destroyed. */
    int current(String consumer, String purpose);

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
