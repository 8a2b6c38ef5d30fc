package io.tongdao.reconcile.rule;

import java.time.Instant;

/**
 * A conflict that stands.
 *
 * @param since source time of the change that it began with
 * @param due wall clock in milliseconds when it is told, if it still stands then; 0: it has been told
 * @param first source time with which the same values contradicted each other for the first time
 * @param reopened how often they came back
 * @param mark what was last told of it beside its values
 */
public record OpenConflict(Conflict conflict, Instant since, long due, Instant first, int reopened, Mark mark) {

    /** What is said of a discrepancy besides. */
    public enum Mark {
        PLAIN,
        OBJECTED,
        AWAITING
    }

    /** One that has been told. */
    public OpenConflict(Conflict conflict, Instant since) {
        this(conflict, since, 0, since, 0, Mark.PLAIN);
    }

    public boolean told() {
        return due == 0;
    }

    OpenConflict marked(Mark now) {
        return new OpenConflict(conflict, since, due, first, reopened, now);
    }

    OpenConflict toldNow() {
        return new OpenConflict(conflict, since, 0, first, reopened, mark);
    }
}
