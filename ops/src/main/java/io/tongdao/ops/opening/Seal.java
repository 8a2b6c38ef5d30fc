package io.tongdao.ops.opening;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Tokens of keys and values, equal where these are equal, that tell nothing without the installation's key. For one thread. */
final class Seal {
    /** 128 bits: among a hundred million rows no two meet by chance. */
    private static final int BYTES = 16;

    private final Mac mac;

    Seal(SecretKey key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    String of(String text) {
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }
}
