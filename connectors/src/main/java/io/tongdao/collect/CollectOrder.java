package io.tongdao.collect;

import io.tongdao.contract.serde.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code ctl.collect}, keyed {@code <kind>|<target>}: what an operator wants of a collection that runs. A collector obeys
 * each once, also after a restart: {@link SourceState#ordered} says how far.
 *
 * @param target the dataset to read again or whose rows to fetch, or the connection to heal
 * @param by who decided, for the record
 * @param rows of {@link Kind#RETRY}: row → position of the reject that is meant ({@link Reject#pos}); null for the others
 */
public record CollectOrder(
        Kind kind,
        String target,
        String by,
        Instant at,
        @Nullable Map<String, String> rows) {
    /** An order about whole tables. */
    public CollectOrder(Kind kind, String target, String by, Instant at) {
        this(kind, target, by, at, null);
    }

    /** What is wanted. */
    public enum Kind {
        /** Read one table whole while its changes flow; then end what it no longer holds. */
        RESNAPSHOT,
        /** Begin a connection's stream anew, after a gap in its log: all its tables are read whole. */
        HEAL,
        /** Fetch rejected rows again; obeyed for each whose reject is still the one that is meant. */
        RETRY
    }

    private static final JsonFormat<CollectOrder> FORMAT = new JsonFormat<>(CollectOrder.class);

    public byte[] key() {
        return (kind.name().toLowerCase(Locale.ROOT) + '|' + target).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        return FORMAT.encode(this);
    }

    public static CollectOrder parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
