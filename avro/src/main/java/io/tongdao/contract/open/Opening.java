package io.tongdao.contract.open;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One version of a publication, and all that was decided about it. The value of {@code ctl.open}, keyed {@link #key()}. Holds figures, never a
 * value.
 *
 * @param applicant of a conditional publication: whom it is for (art. 41); else empty
 * @param undertaking the number of the applicant's undertaking (承诺书), likewise
 * @param agreement the number of the agreement with it (协议), likewise
 * @param manifest SHA-256 of the version's manifest, hex
 * @param steps the first is its publication; the last one holds
 */
public record Opening(
        String publication,
        int version,
        String applicant,
        String undertaking,
        String agreement,
        int rows,
        int suppressed,
        String manifest,
        List<Step> steps) {
    public static final JsonFormat<Opening> FORMAT = new JsonFormat<>(Opening.class);

    /** What holds of a version. */
    public enum State {
        PUBLISHED,
        SUSPENDED,
        WITHDRAWN
    }

    /** One decision. */
    public record Step(State state, String by, String reason, Instant at) {}

    public String key() {
        return publication + "|v" + version;
    }

    public State state() {
        return steps.getLast().state();
    }

    public Opening then(Step step) {
        return new Opening(
                publication,
                version,
                applicant,
                undertaking,
                agreement,
                rows,
                suppressed,
                manifest,
                Stream.concat(steps.stream(), Stream.of(step)).toList());
    }
}
