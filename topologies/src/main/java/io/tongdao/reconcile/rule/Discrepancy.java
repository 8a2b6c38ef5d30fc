package io.tongdao.reconcile.rule;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sources contradict each other in an item of a subject (疑义), opened and closed by the stream itself. Names who and since when,
 * never a value. The value of {@code flag.discrepancy}, keyed {@code subject|base|item}.
 *
 * @param state {@code open} or {@code closed}
 * @param sources datasets that contradict: the one whose value stands first
 * @param addressees agencies whose datasets disagree with the value that stands: they are told
 * @param settler agency of the value that stands
 * @param valueSet 128 bits of a keyed hash of the values, hex: one discrepancy for each set of values
 * @param since source time of the change that opened it
 * @param closed source time of the change that closed it
 * @param reason why closed: {@code agree}, {@code source_changed} (other values or another source of what stands), {@code gone}: one side has no value any more
 */
public record Discrepancy(
        String subject,
        String base,
        String item,
        String state,
        List<String> sources,
        List<String> addressees,
        String settler,
        String valueSet,
        Instant since,
        @Nullable Instant closed,
        @Nullable String reason) {
    public static final String OPEN = "open";
    public static final String CLOSED = "closed";

    /** Why a discrepancy was closed. */
    public enum Reason {
        AGREE,
        SOURCE_CHANGED,
        GONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The key on the topic: subject, base database and item. */
    public String key() {
        return subject + '|' + base + '|' + item;
    }

    @Override
    public String toString() {
        return "Discrepancy[" + base + "." + item + " " + state + "]";
    }
}
