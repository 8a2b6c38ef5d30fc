package io.tongdao.reconcile.rule;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Names a set of contradicting values by 128 bits of a keyed hash: equal sets have equal names, and nobody without the installation's
 * key can find the values by trying. Not thread-safe.
 */
public final class ValueSets {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int WIDTH = 16;
    private final Mac mac;

    public ValueSets(SecretKey key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM + " for the installation's key", e);
        }
    }

    /** @param values dataset → compared form */
    String name(String subject, String base, String item, SortedMap<String, String> values) {
        add(subject);
        add(base);
        add(item);
        values.forEach((dataset, value) -> {
            add(dataset);
            add(value);
        });
        return HexFormat.of().formatHex(mac.doFinal(), 0, WIDTH);
    }

    private void add(String part) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
    }
}
