package io.tongdao.contract.dispute;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a discrepancy was settled (裁定, art. 20). The value of {@code ctl.ruling.<kind>}, keyed {@code subject|base|item}; a tombstone revokes
 * it. It names values by the keyed hashes of the discrepancy that it settles, so it holds for those values and no others.
 *
 * @param valueSet of the discrepancy
 * @param leading names the value that stood
 * @param serve of {@link Decision#SOURCE_WRONG}: the dataset whose value is served instead
 * @param objection the id of the objection that it answers, if there is one
 * @param by who ruled; on record, as is the reason
 */
public record Ruling(
        String subject,
        String base,
        String item,
        Decision decision,
        String valueSet,
        String leading,
        @Nullable String serve,
        @Nullable String objection,
        String by,
        String reason,
        Instant at) {
    public static final JsonFormat<Ruling> FORMAT = new JsonFormat<>(Ruling.class);

    /** What was found. */
    public enum Decision {
        /** 更正: the source corrects its value; the discrepancy waits until that is seen in its stream (已反馈未生效). */
        CORRECTED,
        /** 维持: what stands is right; the discrepancy closes and does not reopen for the same values. */
        UPHELD,
        /** 权威源有误: another source's value is served until the source that led changes its own. */
        SOURCE_WRONG
    }

    /** The key on the topic. */
    public String key() {
        return subject + '|' + base + '|' + item;
    }

    @Override
    public String toString() {
        return "Ruling[" + base + "." + item + " " + decision + "]";
    }
}
