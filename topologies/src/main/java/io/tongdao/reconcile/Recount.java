package io.tongdao.reconcile;

import io.tongdao.reconcile.rule.Testimony;
import io.tongdao.reconcile.rule.Testimony.Standing;
import io.tongdao.runtime.Spare;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts from time to time how many claims of each dataset agree with the other sources, by a walk over all claims in small steps: a change of
 * a claim costs nothing for it, and no difference can add up to a wrong figure. A walk that a restart interrupts begins anew.
 */
final class Recount {
    /** So long is a day's last count kept. */
    private static final Duration KEPT = Duration.ofDays(400);

    /** Days that had no task to take their figures back are taken back for so long after. */
    private static final int LATE = 7;

    /** Percent of a stream thread. */
    private static final int SHARE = 10;

    /** Subjects a piece. */
    static final int PIECE = 20;

    private static final Duration FIRST = Duration.ofSeconds(20);

    private final KeyValueStore<Bytes, byte[]> claims;
    private final Judge judge;
    private final List<String> datasets;
    private final String part;
    private final Duration every;
    private final Telling telling;
    private final Map<String, Map<String, long[]>> counts = new HashMap<>();
    private @Nullable Bytes cursor;
    private boolean walking;
    private long next;

    /** How all rows stand to a subject's golden records. */
    interface Judge {
        Map<String, List<Testimony>> testimonies(byte[] subject);
    }

    /** Takes a key and value of {@code flag.quality}. */
    interface Telling {
        void tell(byte[] key, byte @Nullable [] value, long now);
    }

    /**
     * @param datasets all that are counted, so that one without any claim is told with none
     * @param part names the task
     */
    Recount(
            KeyValueStore<Bytes, byte[]> claims,
            Judge judge,
            List<String> datasets,
            String part,
            Duration every,
            Telling telling) {
        this.claims = claims;
        this.judge = judge;
        this.datasets = datasets;
        this.part = part;
        this.every = every;
        this.telling = telling;
    }

    /** @param now wall clock in milliseconds */
    void step(long now) {
        if (!walking) {
            begin(now);
            return;
        }
        Spare.useIfCalm(SHARE, () -> walk(now));
    }

    private boolean walk(long now) {
        List<byte[]> subjects = new ArrayList<>(PIECE);
        cursor = Reevaluation.next(claims, cursor, PIECE, subjects);
        subjects.forEach(subject -> judge.testimonies(subject).forEach(this::count));
        if (subjects.size() < PIECE) {
            walking = false;
            tell(now);
        }
        return walking;
    }

    /** A task's first count waits a little: whoever starts has other work. */
    private void begin(long now) {
        next = next == 0 ? now + Math.min(every.toMillis(), FIRST.toMillis()) : next;
        if (now >= next) {
            next = now + every.toMillis();
            cursor = null;
            counts.clear();
            walking = true;
        }
    }

    private void count(String base, List<Testimony> testimonies) {
        Set<String> agreed = new HashSet<>();
        Set<String> contradicted = new HashSet<>();
        for (Testimony one : testimonies) {
            if (one.standing() == Standing.AGREES) {
                agreed.add(one.item());
            } else if (one.standing() == Standing.DIFFERS) {
                contradicted.add(one.item());
            }
        }
        for (Testimony one : testimonies) {
            switch (one.standing()) {
                case SERVED ->
                    add(base, one, contradicted.contains(one.item()) ? 1 : agreed.contains(one.item()) ? 0 : 2);
                case AGREES -> add(base, one, 0);
                case DIFFERS -> add(base, one, 1);
                case NOT_COMPARED -> add(base, one, 2);
                case OLDER, TAKES_BACK -> {}
            }
        }
    }

    private void add(String base, Testimony one, int column) {
        counts.computeIfAbsent(one.claim().dataset(), dataset -> new TreeMap<>())
                .computeIfAbsent(base + '|' + one.item(), item -> new long[3])[column]++;
    }

    private void tell(long now) {
        LocalDate day = Instant.ofEpochMilli(now).atZone(ReconcileStage.ZONE).toLocalDate();
        for (String dataset : datasets) {
            List<Consistency.Item> items = new ArrayList<>();
            counts.getOrDefault(dataset, Map.of()).forEach((name, count) -> {
                int bar = name.indexOf('|');
                items.add(new Consistency.Item(
                        name.substring(0, bar), name.substring(bar + 1), count[0], count[1], count[2]));
            });
            for (String window : List.of(Consistency.NOW, day.toString())) {
                Consistency told = new Consistency(dataset, window, part, Instant.ofEpochMilli(now), items);
                telling.tell(told.key(), told.bytes(), now);
            }
            for (int late = 0; late < LATE; late++) {
                String gone = day.minusDays(KEPT.toDays() + late).toString();
                telling.tell(Consistency.key(dataset, gone, part), null, now);
            }
        }
    }
}
