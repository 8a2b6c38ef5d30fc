package io.tongdao.quality;

import io.tongdao.contract.serde.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How old what we hold of a dataset is (时效性 of GB/T 36344): one task's word, of several readers take the newest and the slowest. A record of
 * {@code flag.quality}, keyed {@code dataset|time|now|<part>}. All of it are maxima: a record that comes once more changes nothing.
 *
 * @param committed the newest change: when the source committed it; none while only readings of the whole table have come
 * @param arrived the newest version: when it came to the exchange
 * @param day of {@code slowest}, in China
 * @param slowest milliseconds from the commit at the source to the arrival, of the version that took longest on that day
 */
public record Freshness(
        String dataset, String part, @Nullable Instant committed, Instant arrived, String day, long slowest) {
    /** The second part of the key. */
    static final String KEY = "time";

    private static final JsonFormat<Freshness> FORMAT = new JsonFormat<>(Freshness.class);

    /** With one more version. @param at when the source committed it; none if a reading brought it */
    static Freshness after(
            @Nullable Freshness before, String dataset, String part, @Nullable Instant at, Instant came) {
        String today = LocalDate.ofInstant(came, QualityStage.ZONE).toString();
        long took = at == null ? 0 : Math.max(0, came.toEpochMilli() - at.toEpochMilli());
        if (before == null) {
            return new Freshness(dataset, part, at, came, today, took);
        }
        int order = today.compareTo(before.day);
        return new Freshness(
                dataset,
                part,
                newer(before.committed, at),
                came.isAfter(before.arrived) ? came : before.arrived,
                order > 0 ? today : before.day,
                order > 0 ? took : order < 0 ? before.slowest : Math.max(before.slowest, took));
    }

    /** Of two tasks. */
    public Freshness with(Freshness that) {
        int order = day.compareTo(that.day);
        return new Freshness(
                dataset,
                part,
                newer(committed, that.committed),
                arrived.isAfter(that.arrived) ? arrived : that.arrived,
                order >= 0 ? day : that.day,
                order > 0 ? slowest : order < 0 ? that.slowest : Math.max(slowest, that.slowest));
    }

    private static @Nullable Instant newer(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }

    byte[] key() {
        return String.join("|", dataset, KEY, QualityCount.NOW, part).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    /** Whether a key of {@code flag.quality} is one of these. */
    public static boolean is(String key) {
        return key.split("\\|", 3)[1].equals(KEY);
    }

    public static Freshness parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
