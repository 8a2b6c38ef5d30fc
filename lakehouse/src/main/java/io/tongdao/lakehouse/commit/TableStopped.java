package io.tongdao.lakehouse.commit;

import java.util.Objects;

/** A writer must not go on with its table, and says why in one line. Nothing was committed. */
public final class TableStopped extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Why a writer stops. */
    public enum Reason {
        /** Another writer committed to a partition that this one held. */
        OWNERSHIP_LOST,
        /** The table's head has rows and no offsets: a foreign commit. */
        NO_OFFSETS,
        /** The table was filled from another topic of the same or a higher epoch. */
        TOPIC_REPLACED,
        /** The offsets that the table stands at are gone from the topic. */
        OFFSETS_GONE,
        /** A data file holds keys of several Kafka partitions: a foreign rewrite. */
        MIXED_FILE,
        /** The same change was refused again and again. */
        REFUSED
    }

    private final Reason reason;

    public TableStopped(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Reason reason() {
        return reason;
    }
}
