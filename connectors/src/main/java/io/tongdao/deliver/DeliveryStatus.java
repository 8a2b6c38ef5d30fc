package io.tongdao.deliver;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the return of one grant into its database is doing; never a value of a row.
 *
 * @param connection the entry of {@code sources.yaml}
 * @param lag records of the topic that are not in the database yet
 * @param written records since this process began
 * @param reason why it stands, in one line; null: it doesn't
 * @param since when it came into this state
 */
public record DeliveryStatus(
        String connection,
        String grant,
        String table,
        int epoch,
        State state,
        long lag,
        long written,
        @Nullable String reason,
        Instant since) {
    /** What a return is doing. */
    public enum State {
        /** Its topic or its database is not reached yet. */
        BEGINNING,
        /** A new epoch is filled beside the rows that are shown. */
        FILLING,
        DELIVERING,
        /** Something keeps it: it is tried again. */
        STANDING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
