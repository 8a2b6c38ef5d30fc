package io.tongdao.compose;

import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The long works of one task. What fits into one slice is done at once; the rest goes on between the records, a slice at a time, and over
 * restarts.
 */
final class Walks {
    private static final String WALK = "walk\0";
    private static final String TABLE = "table\0";
    private final Tables tables;
    private final Stores stores;
    private final Composer composer;
    private final int slice;
    private final Look look;
    private final BooleanSupplier holding;
    private final TreeMap<String, Walk> waiting = new TreeMap<>();
    /** What was read of one subject's rows while several walks about it are done: composing changes no row. */
    private final Map<Bytes, List<KeyValue<Bytes, byte[]>>> read = new HashMap<>();

    private boolean together;

    /** The stores that are walked, and the one in which the walks themselves are. */
    record Stores(
            KeyValueStore<Bytes, byte[]> rows,
            KeyValueStore<Bytes, byte[]> composed,
            KeyValueStore<Bytes, byte[]> subscribers,
            KeyValueStore<Bytes, byte[]> walks) {}

    /** Looks at a row again: it may be hidden now, or no longer. */
    interface Look {
        void at(Source source, Place place, HeldRow row, Composer.Cause cause);
    }

    /**
     * @param slice entries in one go, for all walks together
     * @param holding whether nothing is composed: the stage is rebuilt. Rows are looked at all the same
     */
    Walks(Tables tables, Stores stores, Composer composer, int slice, Look look, BooleanSupplier holding) {
        this.look = look;
        this.holding = holding;
        this.tables = tables;
        this.stores = stores;
        this.composer = composer;
        this.slice = slice;
        try (KeyValueIterator<Bytes, byte[]> all = stores.walks.range(key(WALK), Place.end(key(WALK)))) {
            while (all.hasNext()) {
                Walk walk = Walk.decode(all.next().value);
                waiting.put(walk.name(), walk);
            }
        }
    }

    /** Has every table that is new, or another than when this task last ran, composed anew; forgets those that are gone. */
    void begin(Composer.Cause cause) {
        Map<String, String> known = known();
        for (Table table : tables.all()) {
            if (!table.definition().equals(known.remove(table.id()))) {
                save(Walk.of(Walk.Kind.TABLE, table.id(), "", null, cause));
                stores.walks.put(
                        key(TABLE + table.id()),
                        new StateOut((byte) 1).text(table.definition()).end());
            }
        }
        known.keySet().forEach(gone -> stores.walks.delete(key(TABLE + gone)));
    }

    /** Table → definition. */
    private Map<String, String> known() {
        Map<String, String> known = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = stores.walks.range(key(TABLE), Place.end(key(TABLE)))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                String table = new String(entry.key.get(), StandardCharsets.UTF_8);
                known.put(table.substring(TABLE.length()), new StateIn(entry.value, (byte) 1).text());
            }
        }
        return known;
    }

    /** Does what fits into a slice now, the rest later. */
    void walk(Walk walk, long now) {
        if (waits(walk)) {
            return;
        }
        Walk rest = step(walk, slice, now);
        if (rest != null) {
            save(rest);
        } else if (waiting.containsKey(walk.name())) {
            done(walk);
        }
    }

    /** The same for walks about one subject: its rows are read once for all of them. */
    void walk(Collection<Walk> walks, long now) {
        together = true;
        walks.forEach(walk -> walk(walk, now));
        together = false;
        read.clear();
    }

    /** A slice of what waits. */
    void goOn(long now) {
        int share = Math.max(1, slice / Math.max(1, waiting.size()));
        for (Walk walk : List.copyOf(waiting.values())) {
            Walk rest = waits(walk) ? walk : step(walk, share, now);
            if (rest == walk) {
                continue;
            }
            if (rest == null) {
                done(walk);
            } else {
                save(rest);
            }
        }
    }

    /** Every table is walked when that is over. */
    private boolean waits(Walk walk) {
        return walk.kind() != Walk.Kind.SHIELD && holding.getAsBoolean();
    }

    /** Whether rows are still to be looked at: more of them may be hidden. */
    boolean looking() {
        return waiting.values().stream().anyMatch(walk -> walk.kind() == Walk.Kind.SHIELD);
    }

    /** Whether nothing is to be done now. */
    boolean idle() {
        return waiting.values().stream().allMatch(this::waits);
    }

    private void save(Walk walk) {
        waiting.put(walk.name(), walk);
        stores.walks.put(key(WALK + walk.name()), walk.encode());
    }

    private void done(Walk walk) {
        waiting.remove(walk.name());
        stores.walks.delete(key(WALK + walk.name()));
    }

    /** @return what is left of it; null: nothing */
    private @Nullable Walk step(Walk walk, int count, long now) {
        Composer.Cause cause = walk.cause(now);
        if (walk.kind() == Walk.Kind.SHIELD) {
            Source source = tables.source(walk.table());
            return source == null ? null : looked(walk, source, count, cause);
        }
        Table table = tables.table(walk.table());
        if (table == null) {
            return null;
        }
        return switch (walk.kind()) {
            case SHIELD -> null;
            case ROWS -> rows(walk, table, count, cause);
            case SUBSCRIBERS -> subscribers(walk, table, count, cause);
            case TABLE ->
                switch (walk.phase()) {
                    case 0 -> next(walk, rows(walk, table, count, cause));
                    case 1 -> next(walk, composed(walk, table, count, cause));
                    default -> subscribers(walk, table, count, cause);
                };
        };
    }

    private static Walk next(Walk walk, @Nullable Walk rest) {
        return rest == null ? walk.nextPhase() : rest;
    }

    private @Nullable Walk rows(Walk walk, Table table, int count, Composer.Cause cause) {
        String source = table.rows().name();
        Subject subject = walk.subject();
        List<KeyValue<Bytes, byte[]>> entries = subject == null
                ? slice(stores.rows, Place.prefix(source), walk.cursor(), count)
                : rows(table.rows(), subject, walk.cursor(), count);
        for (KeyValue<Bytes, byte[]> entry : entries) {
            HeldRow row = HeldRow.decode(entry.value);
            Place place = Place.parse(entry.key, source);
            GenericRecord record = composer.record(table.rows(), place, row);
            if (record != null) {
                // a table composed anew has no other cause than its rows, and no other time
                Composer.Cause why = subject == null ? new Composer.Cause(row.at(), row.time(), cause.now()) : cause;
                composer.settle(table, place, record, why);
            }
        }
        return rest(walk, entries, count);
    }

    private @Nullable Walk looked(Walk walk, Source source, int count, Composer.Cause cause) {
        List<KeyValue<Bytes, byte[]>> entries = slice(stores.rows, Place.prefix(source.name()), walk.cursor(), count);
        for (KeyValue<Bytes, byte[]> entry : entries) {
            look.at(source, Place.parse(entry.key, source.name()), HeldRow.decode(entry.value), cause);
        }
        return rest(walk, entries, count);
    }

    /** What a source holds about a subject. */
    List<KeyValue<Bytes, byte[]>> rows(Source source, Subject subject) {
        return rows(source, subject, new byte[0], Integer.MAX_VALUE);
    }

    private List<KeyValue<Bytes, byte[]>> rows(Source source, Subject subject, byte[] cursor, int count) {
        return together && cursor.length == 0
                ? read.computeIfAbsent(
                        Place.prefix(source.name(), subject), rows -> readRows(source, subject, cursor, count))
                : readRows(source, subject, cursor, count);
    }

    /** The only row of a subject is asked for: that it has none, which is most frequent, a filter tells without a look at the disk. */
    private List<KeyValue<Bytes, byte[]>> readRows(Source source, Subject subject, byte[] cursor, int count) {
        if (!source.single()) {
            return slice(stores.rows, Place.prefix(source.name(), subject), cursor, count);
        }
        Bytes key = new Place(subject, "").in(source.name());
        byte[] row = cursor.length == 0 ? stores.rows.get(key) : null;
        return row == null ? List.of() : List.of(KeyValue.pair(key, row));
    }

    /** Rows that the table has and should not: it had other sources once. */
    private @Nullable Walk composed(Walk walk, Table table, int count, Composer.Cause cause) {
        List<KeyValue<Bytes, byte[]>> entries = slice(stores.composed, Place.prefix(table.id()), walk.cursor(), count);
        for (KeyValue<Bytes, byte[]> entry : entries) {
            composer.settle(table, Place.parse(entry.key, table.id()), cause);
        }
        return rest(walk, entries, count);
    }

    private @Nullable Walk subscribers(Walk walk, Table table, int count, Composer.Cause cause) {
        Subject of = walk.subject();
        Bytes prefix = of == null ? Place.prefix(table.id()) : Place.subscribers(table.id(), walk.link(), of);
        List<KeyValue<Bytes, byte[]>> entries = slice(stores.subscribers, prefix, walk.cursor(), count);
        for (KeyValue<Bytes, byte[]> entry : entries) {
            Place.Subscription asked = Place.Subscription.parse(entry.key, table.id());
            long number = Letter.Subscriber.decode(entry.value).number();
            composer.answer(table, asked.item(), asked.of(), asked.by(), number, cause);
        }
        return rest(walk, entries, count);
    }

    private static @Nullable Walk rest(Walk walk, List<KeyValue<Bytes, byte[]>> entries, int count) {
        return entries.size() < count ? null : walk.upTo(entries.getLast().key.get());
    }

    /** Read whole before anything is done: doing it writes to the stores. */
    private static List<KeyValue<Bytes, byte[]>> slice(
            KeyValueStore<Bytes, byte[]> store, Bytes prefix, byte[] cursor, int count) {
        Bytes from = cursor.length == 0 ? prefix : Place.after(Bytes.wrap(cursor));
        List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(from, Place.end(prefix))) {
            while (entries.size() < count && range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                if (begins(entry.key.get(), prefix.get())) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static boolean begins(byte[] key, byte[] prefix) {
        return Arrays.mismatch(key, prefix) >= prefix.length || key.length == prefix.length;
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
