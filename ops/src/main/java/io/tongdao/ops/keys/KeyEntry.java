package io.tongdao.ops.keys;

import io.tongdao.release.TokenKey;
import java.security.KeyStore.SecretKeyEntry;
import java.security.PKCS12Attribute;
import java.time.Instant;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key as an entry of a PKCS#12 file. Its alias names it, {@code consumer/purpose/t2}; an attribute says since when, by whom and why.
 * A destroyed key leaves an entry whose secret is one zero byte, so that its version is never made again.
 */
final class KeyEntry {
    /** Of our own: under the arc of UUIDs (ITU-T X.667). */
    private static final String RECORD = "2.25.226413907126390441350963862316013837481";

    /** PKCS#12 wants an algorithm that it knows; what is kept are bytes. */
    private static final String ALGORITHM = "HmacSHA256";

    private static final byte[] DESTROYED = {0};

    private KeyEntry() {}

    static String alias(TokenKey key) {
        return key.consumer() + '/' + key.purpose() + "/t" + key.version();
    }

    static SecretKeyEntry live(byte[] secret, Instant since, String by, String reason) {
        return entry(secret, since, by, reason);
    }

    static SecretKeyEntry destroyed(Instant since, String by, String reason) {
        return entry(DESTROYED, since, by, reason);
    }

    static boolean live(SecretKeyEntry entry) {
        return entry.getSecretKey().getEncoded().length > DESTROYED.length;
    }

    static KeyRecord record(TokenKey key, SecretKeyEntry entry) {
        String[] said = entry.getAttributes().stream()
                .filter(attribute -> attribute.getName().equals(RECORD))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no record of key " + key))
                .getValue()
                .split("\n", 3);
        KeyRecord.State state = live(entry) ? KeyRecord.State.LIVE : KeyRecord.State.DESTROYED;
        return new KeyRecord(key, state, Instant.parse(said[0]), said[1], said[2]);
    }

    /** The key that an alias names. */
    static TokenKey key(String alias) {
        String[] parts = alias.split("/", 3);
        return new TokenKey(parts[0], parts[1], Integer.parseInt(parts[2].substring(1)));
    }

    private static SecretKeyEntry entry(byte[] secret, Instant since, String by, String reason) {
        String said = since + "\n" + line(by) + "\n" + line(reason);
        return new SecretKeyEntry(new SecretKeySpec(secret, ALGORITHM), Set.of(new PKCS12Attribute(RECORD, said)));
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
