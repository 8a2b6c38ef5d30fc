package io.tongdao.contract.dispute;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * Whether a row under review is about the subject that its number says (art. 24). The value of {@code ctl.identity.<kind>}, keyed
 * {@code subject|dataset|row}; a tombstone revokes it. It names what was compared by the keyed hash of the review that it settles, so it holds
 * for that and nothing else: a row that changes is judged anew.
 *
 * @param row the row part of the record's key, empty where the dataset has one row a subject
 * @param compared of the review
 * @param by who ruled; on record, as is the reason
 */
public record IdentityRuling(
        String subject,
        String dataset,
        String row,
        Decision decision,
        String compared,
        String by,
        String reason,
        Instant at) {
    public static final JsonFormat<IdentityRuling> FORMAT = new JsonFormat<>(IdentityRuling.class);

    /** What was found. */
    public enum Decision {
        /** 同一主体: the row is about the subject, and is heard. */
        SAME,
        /** 非同一主体: the row is about somebody else, and stays set aside. */
        DIFFERENT
    }

    /** The key on the topic. */
    public String key() {
        return subject + '|' + dataset + '|' + row;
    }

    @Override
    public String toString() {
        return "IdentityRuling[" + dataset + " " + decision + "]";
    }
}
