package io.tongdao.reconcile.rule;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sources contradict each other in an item of a subject (疑义), opened and closed by the stream itself. Names who and since when,
 * never a value. The value of {@code flag.discrepancy}, keyed {@code subject|base|item}.
 *
 * @param item of the base database, or the name of a check
 * @param state {@code open}, {@code awaiting}: the source has said that it corrects its value and this is not seen yet, or {@code closed}
 * @param sources datasets that contradict: the one whose value stands first
 * @param addressees agencies that the rule blames: they are told
 * @param settler agency of the value that stands
 * @param valueSet 128 bits of a keyed hash of the values, hex: one discrepancy for each set of values
 * @param since source time of the change that opened it
 * @param closed source time of the change that closed it
 * @param reason why closed: {@code upheld}, {@code source_wrong}, {@code corrected}: by a ruling; {@code agree}, {@code source_changed} (other values or another source of what stands), {@code gone}: one side has no value any more
 * @param leading names the value that stands, as {@code valueSet} does; what a ruling refers to
 * @param first source time with which the same values contradicted each other for the first time
 * @param reopened how often they came back
 * @param objected whether somebody objects to the value that stands
 * @param check whether it is of a check and not of an item
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
        @Nullable String reason,
        @Nullable String leading,
        @Nullable Instant first,
        int reopened,
        boolean objected,
        boolean check) {
    public static final String OPEN = "open";
    public static final String AWAITING = "awaiting";
    public static final String CLOSED = "closed";

    /** Why a discrepancy was closed. */
    public enum Reason {
        UPHELD,
        SOURCE_WRONG,
        CORRECTED,
        AGREE,
        SOURCE_CHANGED,
        GONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it stands, whatever has been said about it. */
    public boolean stands() {
        return !state.equals(CLOSED);
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
