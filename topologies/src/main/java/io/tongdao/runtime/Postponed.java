package io.tongdao.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The subjects of one task that are worked off later, once for all that comes about them meanwhile. A snapshot reads a subject's rows in
 * one table after another, and nobody waits for a single one of them: what comes of a subject is found when no more rows come, or after a
 * while. A change that a source commits is never postponed.
 *
 * <p>A store of the task keeps them over restarts, in the transaction of the rows that they wait with. One processor of a task has one.
 */
public final class Postponed implements AutoCloseable {
    /** How often a task works off those whose turn has come, and after what time it begins no further one. */
    public static final Duration STEP = Duration.ofMillis(50);

    private static final byte FORMAT = 1;

    /** So much longer a subject may wait while records stand in line, here or a stage before: each of them may be about one that waits. */
    private static final int IN_LINE = 20;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Patience patience;
    private final Backlog backlog;
    private final SequencedMap<Bytes, Subject> waiting = new LinkedHashMap<>();
    private boolean remembered;
    private long last;
    private long turn;

    /**
     * How long subjects wait.
     *
     * @param quiet so long no task of the thread postponed one, and no queue stands before it: the rows have come. A stage behind another
     *     one that postpones waits longer than that, and for it where both are in one process
     * @param atMost how long while rows come, and twenty times that while records stand in line; zero: nothing is postponed
     */
    public record Patience(Duration quiet, Duration atMost) {
        public static final Patience NONE = new Patience(Duration.ZERO, Duration.ZERO);
    }

    /**
     * A subject that waits.
     *
     * @param since wall clock in milliseconds
     * @param time of the newest record that it waits with, on its topic
     * @param sources where its rows came from, sorted
     */
    public record Subject(Bytes key, long since, long time, List<String> sources) {
        private Subject with(String source, long newest) {
            if (newest <= time && sources.contains(source)) {
                return this;
            }
            return new Subject(key, since, Math.max(time, newest), sources.contains(source) ? sources : and(source));
        }

        private List<String> and(String source) {
            TreeSet<String> all = new TreeSet<>(sources);
            all.add(source);
            return List.copyOf(all);
        }

        private byte[] encode() {
            StateOut out = new StateOut(FORMAT).number(since).number(time).count(sources.size());
            sources.forEach(out::text);
            return out.end();
        }

        private static Subject decode(Bytes key, byte[] value) {
            StateIn in = new StateIn(value, FORMAT);
            long since = in.number();
            long time = in.number();
            List<String> sources = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                sources.add(in.text());
            }
            return new Subject(key, since, time, List.copyOf(sources));
        }

        @Override
        public String toString() {
            return "Subject[***]";
        }
    }

    /** @param backlog is told how many wait */
    public Postponed(KeyValueStore<Bytes, byte[]> store, Patience patience, Backlog backlog) {
        this.store = store;
        this.patience = patience;
        this.backlog = backlog;
    }

    /** @param name of the store, durable; in memory, with a changelog like any other */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }

    /**
     * Postpones what comes of a subject's row.
     *
     * @param source where the row came from
     * @param time of its record
     * @return false: nothing is postponed here, it is to be worked off at once
     */
    public boolean add(byte[] key, String source, long time, long now) {
        if (patience.atMost.isZero()) {
            return false;
        }
        remember();
        last = now;
        Pace pace = Pace.ofThread();
        if (pace != null) {
            pace.postponed(now);
        }
        Bytes id = Bytes.wrap(key);
        Subject held = waiting.get(id);
        Subject next = held == null ? new Subject(id, now, time, List.of(source)) : held.with(source, time);
        if (next != held) {
            waiting.put(id, next);
            // a newer time alone is not worth a record of the log
            if (held == null || held.sources != next.sources) {
                store.put(id, next.encode());
            }
            backlog.add(held == null ? 1 : 0);
        }
        return true;
    }

    /** Works off those whose turn has come, the first that came first, as far as a step's time goes and records leave time for one. */
    public void step(long now, Consumer<Subject> work) {
        Pace pace = Pace.ofThread();
        long begin = System.nanoTime();
        if (pace != null && !backlog.full()) {
            long current = pace.turn(turn, begin);
            if (current == turn) {
                return;
            }
            turn = current;
        }
        Subject due = next(now);
        boolean worked = due != null;
        while (due != null) {
            work.accept(due);
            due = System.nanoTime() - begin < STEP.toNanos() ? next(now) : null;
        }
        if (worked && pace != null) {
            long end = System.nanoTime();
            pace.stepped(end - begin, end);
        }
    }

    /** Takes the next whose turn has come; it is to be worked off before the transaction ends. Null: none is due. */
    public @Nullable Subject next(long now) {
        remember();
        Map.Entry<Bytes, Subject> first = waiting.firstEntry();
        if (first == null) {
            return null;
        }
        Subject subject = first.getValue();
        if (!quiet(now) && !backlog.full() && now - subject.since < patience()) {
            return null;
        }
        waiting.pollFirstEntry();
        store.delete(subject.key);
        backlog.add(-1);
        return subject;
    }

    private long patience() {
        Pace pace = Pace.ofThread();
        boolean inLine = backlog.behind() || (pace != null && pace.queued());
        return patience.atMost.toMillis() * (inLine ? IN_LINE : 1);
    }

    /** Those who waited when the task was here last, or elsewhere. */
    private void remember() {
        if (remembered) {
            return;
        }
        remembered = true;
        List<Subject> held = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                held.add(Subject.decode(entry.key, entry.value));
            }
        }
        held.sort(Comparator.comparingLong(Subject::since));
        held.forEach(subject -> waiting.put(subject.key, subject));
        backlog.add(waiting.size());
    }

    private boolean quiet(long now) {
        Pace pace = Pace.ofThread();
        long quiet = patience.quiet.toMillis();
        return now - last >= quiet && !backlog.behind() && (pace == null || pace.quiet(now, quiet));
    }

    @Override
    public void close() {
        backlog.add(-waiting.size());
        waiting.clear();
    }
}
