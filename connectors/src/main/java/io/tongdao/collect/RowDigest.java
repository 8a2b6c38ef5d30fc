package io.tongdao.collect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * 16 bytes that stand for a source row: a keyed digest (HMAC-SHA-256) of its primary key. Keyed, since a primary key may be a citizen
 * number, and all of those can be tried within hours. Not thread-safe.
 */
final class RowDigest {
    static final int WIDTH = 16;
    private final Mac mac;
    private final byte[] dataset;

    RowDigest(byte[] secret, String dataset) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
        this.dataset = dataset.getBytes(StandardCharsets.UTF_8);
    }

    byte[] of(Struct primaryKey) {
        mac.update(dataset);
        for (Field field : primaryKey.schema().fields()) {
            mac.update((byte) 0);
            mac.update(text(primaryKey.get(field)).getBytes(StandardCharsets.UTF_8));
        }
        return Arrays.copyOf(mac.doFinal(), WIDTH);
    }

    /** Stands for a row of a table that has lost its primary key: told apart by its position alone. */
    byte[] of(SourcePosition position) {
        mac.update(dataset);
        mac.update(position.pos(0, 0).bytes());
        return Arrays.copyOf(mac.doFinal(), WIDTH);
    }

    /** A primary key's value as it stands in row keys and digests: without the padding that only some read paths add. */
    static String text(Object value) {
        return switch (value) {
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case ByteBuffer bytes -> HexFormat.of().formatHex(Utils.toArray(bytes.duplicate()));
            default -> value.toString().stripTrailing();
        };
    }
}
