package io.tongdao.compose;

import io.tongdao.contract.plan.ThemePlan.Function;
import io.tongdao.contract.protect.Shield;
import io.tongdao.runtime.Shields;
import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The sources' rows of one task, with the figures over them. */
final class Rows {
    private static final BytesSerializer KEY = new BytesSerializer();
    private static final byte FORMAT = 1;
    private final KeyValueStore<Bytes, byte[]> rows;
    private final KeyValueStore<Bytes, byte[]> figures;
    private final Shields shields;
    private final Aside aside;
    /** Source → who spoke last in this step: a change composes several tables that show the same row. */
    private final Map<Source, Spoken> spoken = new IdentityHashMap<>();

    /** Source → of whom there is no row, as was found in this step. */
    private final Map<Source, Subject> silent = new IdentityHashMap<>();

    private record Spoken(Subject subject, @Nullable GenericRecord row) {}

    Rows(KeyValueStore<Bytes, byte[]> rows, KeyValueStore<Bytes, byte[]> figures, Shields shields, Aside aside) {
        this.aside = aside;
        this.rows = rows;
        this.figures = figures;
        this.shields = shields;
    }

    /** A step begins: another processor of the task may have changed what stands in the stores. */
    void begin() {
        spoken.clear();
        silent.clear();
    }

    /** Whether a row leaves no trace: by what is protected now, or since it is about somebody else. */
    boolean hides(Source source, Place place, HeldRow row) {
        if (row.value() != null && aside.has(source, place)) {
            return true;
        }
        Shield shield = shields.now();
        byte[] value = row.value();
        if (shield.empty() || value == null) {
            return false;
        }
        String subject = place.subject().id();
        Set<String> names = source.named().in(source.decode(value));
        names.remove(subject);
        return shield.hides(source.name(), subject, place.row(), names);
    }

    /** What a row says to those who may know; null: nothing. */
    @Nullable
    GenericRecord record(Source source, Place place, @Nullable HeldRow row) {
        byte[] value = row == null ? null : row.shown();
        if (value == null) {
            return null;
        }
        GenericRecord record = source.decode(value);
        Shield shield = shields.now();
        if (!shield.empty()) {
            source.named().blank(record, place.subject().id(), shield::hidesLink);
        }
        return record;
    }

    /** A row as it is held, a deleted one too; null: none was ever, or it was forgotten. */
    @Nullable
    HeldRow held(Source source, Place place) {
        byte[] bytes = rows.get(place.in(source.name()));
        return bytes == null ? null : HeldRow.decode(bytes);
    }

    /** Keeps a row, and the figures over its subject's rows with it. */
    void put(Source source, Place place, @Nullable GenericRecord before, HeldRow row, @Nullable GenericRecord after) {
        spoken.remove(source);
        silent.remove(source);
        rows.put(place.in(source.name()), row.encode());
        if (source.figures().any() && !(before == null && after == null)) {
            move(source, place, before, after);
        }
    }

    /** Keeps a row that says what it said. */
    void put(Source source, Place place, HeldRow row) {
        rows.put(place.in(source.name()), row.encode());
    }

    /** The row that speaks for a subject: its only one, or the newest of them; of equally new ones that with the greatest key. */
    @Nullable
    GenericRecord speaker(Source source, Subject subject) {
        Spoken last = spoken.get(source);
        if (last == null || !last.subject().equals(subject)) {
            last = new Spoken(subject, newestOf(source, subject));
            spoken.put(source, last);
        }
        return last.row();
    }

    private @Nullable GenericRecord newestOf(Source source, Subject subject) {
        String row = source.single() ? "" : newest(source, subject);
        return row == null ? null : live(source, new Place(subject, row));
    }

    /** A row's record; null: there is none, or it is deleted. */
    @Nullable
    GenericRecord live(Source source, Place place) {
        return record(source, place, held(source, place));
    }

    /** The running figures of a subject's rows. */
    Tally tally(Source source, Subject subject) {
        if (subject.equals(silent.get(source))) {
            return Tally.none(source.figures());
        }
        byte[] bytes = figures.get(Place.figures(source.name(), subject));
        Tally tally = bytes == null ? null : Tally.decode(bytes);
        return tally != null && tally.definition().equals(source.figures().definition())
                ? tally
                : count(source, subject, tally);
    }

    /** The least or the greatest value of an item over a subject's rows; null: none has one. */
    @Nullable
    Object extreme(Source source, Subject subject, String item, Function function) {
        if (tally(source, subject).rows() == 0) {
            return null;
        }
        Bytes prefix = Place.values(source.name(), subject, item);
        Bytes known = Place.value(source.name(), subject, item, SortedValue.LEAST, "");
        try (KeyValueIterator<Bytes, byte[]> values = function == Function.LEAST
                ? figures.range(known, Place.end(prefix))
                : figures.reverseRange(known, Place.end(prefix))) {
            return values.hasNext() ? Entry.decode(values.next().value).value() : null;
        }
    }

    /** @return the row part of the key of a subject's newest row; null: it has none */
    private @Nullable String newest(Source source, Subject subject) {
        if (tally(source, subject).rows() == 0) {
            return null;
        }
        Bytes prefix = Place.values(source.name(), subject, source.asOf());
        try (KeyValueIterator<Bytes, byte[]> values = figures.reverseRange(prefix, Place.end(prefix))) {
            return values.hasNext() ? Entry.decode(values.next().value).row() : null;
        }
    }

    /** A value in order: which row has it. */
    private record Entry(String row, @Nullable Object value) {
        byte[] encode() {
            return new StateOut(FORMAT).text(row).value(value).end();
        }

        static Entry decode(byte[] bytes) {
            StateIn in = new StateIn(bytes, FORMAT);
            return new Entry(in.text(), in.value());
        }
    }

    private void move(Source source, Place place, @Nullable GenericRecord before, @Nullable GenericRecord after) {
        Figures kept = source.figures();
        byte[] bytes = figures.get(Place.figures(source.name(), place.subject()));
        Tally tally = bytes == null ? null : Tally.decode(bytes);
        if (tally == null || !tally.definition().equals(kept.definition())) {
            count(source, place.subject(), tally);
            return;
        }
        if (before != null) {
            tally = tally.without(kept, before);
            sort(source, place, before, false);
        }
        if (after != null) {
            tally = tally.with(kept, after);
            sort(source, place, after, true);
        }
        put(source, place.subject(), tally);
    }

    /** Counts a subject's rows from the first: when its first row comes, and when what is kept has changed. */
    private Tally count(Source source, Subject subject, @Nullable Tally before) {
        if (before != null) {
            forget(source, subject);
        }
        Tally tally = Tally.none(source.figures());
        Bytes prefix = Place.prefix(source.name(), subject);
        try (KeyValueIterator<Bytes, byte[]> all = rows.prefixScan(prefix, KEY)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                Place place = Place.parse(entry.key, source.name());
                GenericRecord row = record(source, place, HeldRow.decode(entry.value));
                if (row != null) {
                    tally = tally.with(source.figures(), row);
                    sort(source, place, row, true);
                }
            }
        }
        if (before != null || tally.rows() > 0) {
            put(source, subject, tally);
        } else {
            silent.put(source, subject);
        }
        return tally;
    }

    private void put(Source source, Subject subject, Tally tally) {
        figures.put(Place.figures(source.name(), subject), tally.rows() == 0 ? null : tally.encode());
    }

    private void sort(Source source, Place place, GenericRecord row, boolean kept) {
        for (Figures.Kept item : source.figures().sorted()) {
            Object value = Figures.value(item, row);
            if (value == null && !item.item().equals(source.asOf())) {
                continue;
            }
            Bytes key = Place.value(source.name(), place.subject(), item.item(), SortedValue.of(value), place.row());
            figures.put(key, kept ? new Entry(place.row(), value).encode() : null);
        }
    }

    private void forget(Source source, Subject subject) {
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> values = figures.prefixScan(Place.prefix(source.name(), subject), KEY)) {
            values.forEachRemaining(entry -> old.add(entry.key));
        }
        old.forEach(figures::delete);
    }
}
