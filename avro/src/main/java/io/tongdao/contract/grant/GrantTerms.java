package io.tongdao.contract.grant;

import io.tongdao.contract.plan.FileTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long and how a grant is served (使用时限, 共享方式; art. 32, 34).
 *
 * @param from the grant is active from this instant on …
 * @param until … and expires at this one; {@link #OPEN_ENDED} while it is missing
 * @param delivery any of topic, table, database, file; or verify alone
 * @param partitions of its topic: its own, not those of the source
 * @param bytesPerSecond what it adds to the rate at which its consumer may read, on each broker
 * @param files how files are made; null: none are
 */
public record GrantTerms(
        Instant from,
        Instant until,
        List<Grant.Delivery> delivery,
        int partitions,
        long bytesPerSecond,
        @Nullable FileTerms files) {
    /** The rate of a grant that asks for none: 10 MiB/s, 100 million rows of 200 bytes in about half an hour. */
    public static final long BYTES_PER_SECOND = 10L << 20;

    /** Stands for an end that isn't told; no grant is approved with it. */
    public static final Instant OPEN_ENDED = Instant.EPOCH;

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public GrantTerms {
        delivery = List.copyOf(delivery);
    }

    /** Terms of a grant that delivers no files. */
    public GrantTerms(Instant from, Instant until, List<Grant.Delivery> delivery, int partitions, long bytesPerSecond) {
        this(from, until, delivery, partitions, bytesPerSecond, null);
    }

    /** Whether it is told when the grant ends. */
    public boolean ends() {
        return !until.equals(OPEN_ENDED);
    }

    /** Whether its time is over. */
    public boolean over(Instant now) {
        return ends() && !now.isBefore(until);
    }

    /** The beginning of a day where the papers are written. */
    public static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** The day where the papers are written. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }
}
