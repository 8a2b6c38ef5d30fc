package io.tongdao.lakehouse.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * A tag for each day on which a table changed, named {@code 2026-11-30}: how it stood at the end of that day in Asia/Shanghai. It is made before
 * the first commit of a later day, so no day is missing between two tags, and goes when it is older than the catalogue's terms say.
 *
 * @param kept how long; zero: no tags
 */
public record DayTags(Duration kept) {
    /** A province's day. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public static final DayTags NONE = new DayTags(Duration.ZERO);

    public static LocalDate day(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).atZone(ZONE).toLocalDate();
    }

    /**
     * Tags the days that ended with {@code head} or with what was there before it: a commit that began before midnight may end after it.
     *
     * @throws org.apache.iceberg.exceptions.CommitFailedException if the table changed meanwhile: nothing is tagged then
     */
    void before(Table table, @Nullable Snapshot head, long now) {
        if (kept.isZero() || head == null) {
            return;
        }
        Long parent = head.parentId();
        Snapshot before = parent == null ? null : table.snapshot(parent);
        if (before != null) {
            tag(table, before, head.timestampMillis());
        }
        tag(table, head, now);
    }

    private void tag(Table table, Snapshot last, long next) {
        String day = day(last.timestampMillis()).toString();
        boolean over = day(last.timestampMillis()).isBefore(day(next));
        boolean young = last.timestampMillis() + kept.toMillis() > System.currentTimeMillis();
        if (over && young && !table.refs().containsKey(day)) {
            table.manageSnapshots()
                    .createTag(day, last.snapshotId())
                    .setMaxRefAgeMs(day, kept.toMillis())
                    .commit();
        }
    }
}
