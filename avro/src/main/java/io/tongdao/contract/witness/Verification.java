package io.tongdao.contract.witness;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of one subject were verified under a grant (核实、比对, art. 33). The value of {@code audit.verification}, which only grows; keyed by
 * the subject's token. Written before the answer is given, so that no answer is off the record; never a value.
 *
 * @param id names this record
 * @param consumer the agency that asked
 * @param by the person who acted for it
 * @param kind of the subject
 * @param subject its token: nobody can find the identifier by it without the installation's key
 * @param answers item → {@code matches}, {@code differs}, {@code not_held}, {@code match}, {@code no_match}, or {@code refused}: the attempts
 *     were used up and nothing was compared
 */
public record Verification(
        String id,
        Instant at,
        String grant,
        int epoch,
        String consumer,
        String by,
        String kind,
        String subject,
        Map<String, String> answers) {
    public static final JsonFormat<Verification> FORMAT = new JsonFormat<>(Verification.class);

    public Verification {
        answers = new TreeMap<>(answers);
    }

    @Override
    public String toString() {
        return "Verification[" + id + " " + grant + "]";
    }
}
