package io.tongdao.ops.province;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * 128-bit fingerprints of keys and rows, salted anew in each run: tables are compared in little memory. They never leave the process; what
 * a report shows of a key is a digest of its own, which can't be traced back by trying all numbers.
 */
final class Fingerprints {
    private static final int SALT = 16;
    private static final int SHOWN = 6;
    private final byte[] salt = new byte[SALT];
    private final HashFunction fast;

    Fingerprints() {
        new SecureRandom().nextBytes(salt);
        fast = Hashing.murmur3_128(ByteBuffer.wrap(salt).getInt());
    }

    record Print(long high, long low) {}

    Print of(String text) {
        HashCode hash = fast.hashString(text, StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.wrap(hash.asBytes()).order(ByteOrder.LITTLE_ENDIAN);
        return new Print(bytes.getLong(), bytes.getLong());
    }

    /** @param values canonical, by column; absent and null are the same */
    Print of(Map<String, @Nullable String> values) {
        StringBuilder text = new StringBuilder(256);
        new TreeMap<>(values).forEach((column, value) -> {
            if (value != null) {
                text.append(column).append('\1').append(value).append('\2');
            }
        });
        return of(text.toString());
    }

    /** As a report shows a key. */
    String shown(String key) {
        byte[] digest =
                Hashing.hmacSha256(salt).hashString(key, StandardCharsets.UTF_8).asBytes();
        return HexFormat.of().formatHex(digest, 0, SHOWN);
    }
}
