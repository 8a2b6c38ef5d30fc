package io.tongdao.contract.witness;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked to see what is known of a subject, or what was released (留痕, art. 35). The value of {@code audit.access}, which only grows; keyed by the
 * subject's token, so that what was looked at of one subject stands together. Written before anything is shown, and for refusals too: what was
 * shown is on record in any case.
 *
 * @param id names this record
 * @param act {@code explain}, {@code ledger}
 * @param who the identity: an agency's id, {@code authority}, {@code authority@<division>}, {@code subject}; {@code ?} if it was none
 * @param by the person who acted
 * @param reason in words; no value
 * @param caseNumber of the case that it was for, if one was named
 * @param kind of the subject, empty if there was none
 * @param subject its token, empty if there was none: nobody can find the identifier by it without the installation's key
 * @param extent {@code whole}, {@code own}, or {@code none}: refused
 * @param refused the code of the reason, if it was refused
 */
public record Access(
        String id,
        Instant at,
        String act,
        String who,
        String by,
        String reason,
        @Nullable String caseNumber,
        String kind,
        String subject,
        String extent,
        @Nullable String refused) {
    public static final JsonFormat<Access> FORMAT = new JsonFormat<>(Access.class);

    /** To make golden records understood. */
    public static final String EXPLAIN = "explain";

    /** To see what was released to whom. */
    public static final String LEDGER = "ledger";

    @Override
    public String toString() {
        return "Access[" + id + " " + act + " " + extent + "]";
    }
}
