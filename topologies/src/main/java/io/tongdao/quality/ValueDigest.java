package io.tongdao.quality;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** 16 bytes that stand for a value of an item: a keyed digest, so that equal values meet and nobody reads or tries them. Not thread-safe. */
final class ValueDigest {
    static final int WIDTH = 16;
    private final Mac mac;

    ValueDigest(SecretKey key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256 for the key of values", e);
        }
    }

    byte[] of(String dataset, String item, String value) {
        mac.update(dataset.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        mac.update(item.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return Arrays.copyOf(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), WIDTH);
    }
}
