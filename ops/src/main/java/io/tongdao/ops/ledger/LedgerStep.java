package io.tongdao.ops.ledger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The windows in which released rows are told: the ledger has them by the minute. */
public enum LedgerStep {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private final ChronoUnit unit;

    LedgerStep(ChronoUnit unit) {
        this.unit = unit;
    }

    /** Of the window that an instant is in. */
    Instant begin(Instant at) {
        return at.atZone(ZONE).truncatedTo(unit).toInstant();
    }

    /** Of the window that begins then; exclusive. */
    Instant end(Instant begin) {
        ZonedDateTime from = begin.atZone(ZONE);
        return from.plus(1, unit).toInstant();
    }
}
