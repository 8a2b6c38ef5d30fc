package io.tongdao.ops.files;

import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.FileTerms;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a version is due. Daily ones at the time that the terms say, by Asia/Shanghai; what was missed is made up for by one. The first of an epoch is
 * due at once.
 */
record FileSchedule(FileTerms terms, LocalTime at) {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    static FileSchedule of(FileTerms terms, FilePlan plan) {
        return new FileSchedule(terms, plan.at());
    }

    /**
     * @param newest when the newest version of this epoch was made; null: there is none
     * @param ordered as of when one was ordered last, in this epoch; null: never
     */
    boolean due(@Nullable Instant newest, @Nullable Instant ordered, Instant now) {
        if (ordered != null && (newest == null || newest.isBefore(ordered))) {
            return true;
        }
        return terms.every() == FileTerms.Every.DAY && (newest == null || newest.isBefore(lastTime(now)));
    }

    /** When the next daily one is due; null: none is, without an order. */
    @Nullable
    Instant next(Instant now) {
        return terms.every() == FileTerms.Every.DAY
                ? timeOf(local(lastTime(now)).plusDays(1))
                : null;
    }

    private Instant lastTime(Instant now) {
        LocalDateTime today = local(now).with(at);
        Instant time = timeOf(today);
        return time.isAfter(now) ? timeOf(today.minusDays(1)) : time;
    }

    private static LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, ZONE);
    }

    private static Instant timeOf(LocalDateTime local) {
        return local.atZone(ZONE).toInstant();
    }
}
