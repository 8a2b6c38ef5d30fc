package io.tongdao.ops.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.FileTerms;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A version that is due is made once, also after a downtime. 02:00 in Asia/Shanghai is 18:00Z of the day before. */
class FileScheduleTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // the first of an epoch, at once
                "DAY, -, -, 2026-12-01T10:00:00Z, true",
                "DEMAND, -, -, 2026-12-01T10:00:00Z, false",
                // once a day
                "DAY, 2026-11-30T18:00:00Z, -, 2026-12-01T17:59:59.999Z, false",
                "DAY, 2026-11-30T18:00:00Z, -, 2026-12-01T18:00:00Z, true",
                "DAY, 2026-12-01T18:00:00.250Z, -, 2026-12-01T18:00:01Z, false",
                // made in between by order: the daily one is due all the same
                "DAY, 2026-12-01T10:00:00Z, 2026-12-01T09:00:00Z, 2026-12-01T17:00:00Z, false",
                "DAY, 2026-12-01T10:00:00Z, 2026-12-01T09:00:00Z, 2026-12-01T18:00:00Z, true",
                // three days down: one makes up for them
                "DAY, 2026-11-28T18:00:00Z, -, 2026-12-02T03:00:00Z, true",
                "DAY, 2026-12-02T03:00:00Z, -, 2026-12-02T03:00:01Z, false",
                // orders: obeyed once, of now and of a downtime
                "DEMAND, -, 2026-12-01T09:00:00Z, 2026-12-01T09:00:01Z, true",
                "DEMAND, 2026-12-01T08:59:59Z, 2026-12-01T09:00:00Z, 2026-12-05T09:00:01Z, true",
                "DEMAND, 2026-12-01T09:00:00Z, 2026-12-01T09:00:00Z, 2026-12-05T09:00:01Z, false",
                "DAY, 2026-12-01T09:00:00Z, 2026-12-01T09:00:01Z, 2026-12-01T09:00:02Z, true",
            })
    void aVersionIsDue(
            FileTerms.Every every, @Nullable Instant newest, @Nullable Instant ordered, Instant now, boolean due) {
        assertThat(schedule(every).due(newest, ordered, now)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "DAY, 2026-12-01T17:59:59Z, 2026-12-01T18:00:00Z",
                "DAY, 2026-12-01T18:00:00Z, 2026-12-02T18:00:00Z",
                "DEMAND, 2026-12-01T18:00:00Z, -",
            })
    void whenTheNextIsDue(FileTerms.Every every, Instant now, @Nullable Instant next) {
        assertThat(schedule(every).next(now)).isEqualTo(next);
    }

    private static FileSchedule schedule(FileTerms.Every every) {
        return new FileSchedule(new FileTerms(every, FileTerms.Format.CSV, false, 7), LocalTime.of(2, 0));
    }
}
