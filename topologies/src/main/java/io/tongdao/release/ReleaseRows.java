package io.tongdao.release;

import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Shield;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.runtime.Shields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The current rows of one task: each change is offered to all grants of its table, and so is what becomes protected, or is no longer. */
final class ReleaseRows {
    private final Map<String, ReleaseSource> sources = new TreeMap<>();
    private final KeyValueStore<Bytes, byte[]> rows;
    private final Runs runs;
    private final Shields shields;
    private final ShieldWalk walk;
    private final Backfill.Emitter emitter;

    ReleaseRows(
            Collection<ReleaseSource> sources,
            KeyValueStore<Bytes, byte[]> rows,
            Runs runs,
            Shields shields,
            ShieldWalk walk,
            Backfill.Emitter emitter) {
        sources.forEach(source -> this.sources.put(source.table(), source));
        this.rows = rows;
        this.runs = runs;
        this.shields = shields;
        this.walk = walk;
        this.emitter = emitter;
    }

    /** Takes a record of a source, if it is newer than what is held. */
    void change(ReleaseSource source, Record<byte[], byte[]> record) {
        StoredRow came = StoredRow.of(record.headers(), record.value());
        Bytes place = RowKey.of(source.table(), record.key());
        byte[] stored = rows.get(place);
        StoredRow before = stored == null ? null : StoredRow.parse(stored);
        if (before == null || came.replaces(before)) {
            Shield shield = shields.now();
            StoredRow after = came.hidden(hidden(source, shield, record.key(), came));
            rows.put(place, after.bytes());
            offer(source, record.key(), before, shield, after, shield);
        }
    }

    /** Takes what was decided: what it is about vanishes, or comes back, at once; who names it follows in pieces. */
    void protect(byte @Nullable [] value) {
        Shield before = shields.now();
        Protection decided = shields.take(value);
        if (decided != null) {
            for (String subject : decided.subjects()) {
                about(subject).forEach(entry -> look(entry.key, StoredRow.parse(entry.value), before));
            }
            if (decided.of() != Protection.Of.ROW || sources.values().stream().anyMatch(ReleaseSource::sealed)) {
                walk.begin();
            }
        }
    }

    /** Looks at a row again: it may be hidden now, or no longer. */
    void look(Bytes place, StoredRow row) {
        look(place, row, shields.now());
    }

    /** The tables that there are. */
    Set<String> tables() {
        return sources.keySet();
    }

    /** What a grant's consumer may know of a row; null: nothing. */
    Backfill.@Nullable Seen seen(ReleaseRun run, byte[] key, StoredRow row) {
        ReleaseSource source = sources.get(run.grant().table());
        if (source == null) {
            return null;
        }
        byte[] clear = key;
        StoredRow known = row;
        if (source.sealed()) {
            ReleaseSource.Opened opened = source.opened(run.seal(), key, marked(source, key, row));
            if (opened == null) {
                return null;
            }
            clear = opened.key();
            known = opened.row();
        }
        GenericRecord value = source.shown(shields.now(), source.issued(run.grant()), clear, known);
        return value == null ? null : new Backfill.Seen(clear, value);
    }

    /** A sealed row could not be looked at while no grant opened it: whether it leaves no trace is noted now. */
    private StoredRow marked(ReleaseSource source, byte[] key, StoredRow row) {
        StoredRow next = row.hidden(hidden(source, shields.now(), key, row));
        if (next != row) {
            rows.put(RowKey.of(source.table(), key), next.bytes());
        }
        return next;
    }

    /** Whether a row leaves no trace; of a sealed one only who may open it can tell, and without a grant nobody may. */
    private boolean hidden(ReleaseSource source, Shield shield, byte[] key, StoredRow row) {
        if (!source.sealed()) {
            return source.hides(shield, key, row);
        }
        if (shield.empty() || runs.of(source.table()).isEmpty()) {
            return false;
        }
        Seal seal = runs.of(source.table()).getFirst().release().seal();
        ReleaseSource.Opened opened = source.opened(seal, key, row);
        return opened != null && source.hides(shield, opened.key(), opened.row());
    }

    private void look(Bytes place, StoredRow row, Shield before) {
        ReleaseSource source = sources.get(RowKey.table(place));
        if (source != null && row.value() != null) {
            byte[] key = RowKey.key(source.table(), place);
            Shield shield = shields.now();
            StoredRow next = row.hidden(hidden(source, shield, key, row));
            if (next != row) {
                rows.put(place, next.bytes());
            }
            if (next != row || before != shield) {
                offer(source, key, row, before, next, shield);
            }
        }
    }

    /** All rows about a subject, of all tables. */
    private List<KeyValue<Bytes, byte[]>> about(String subject) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        sources.keySet().forEach(table -> found.addAll(RowKey.about(rows, table, subject)));
        return found;
    }

    /** A row is decoded once for all grants, and once more for one of the agency that issued it. */
    private void offer(
            ReleaseSource source, byte[] key, @Nullable StoredRow before, Shield then, StoredRow after, Shield now) {
        List<Runs.Run> offered = runs.of(source.table());
        if (offered.isEmpty()) {
            return;
        }
        if (source.sealed()) {
            offered.forEach(run -> offerSealed(source, run.release(), key, before, then, after, now));
            return;
        }
        GenericRecord old = before == null ? null : source.shown(then, false, key, before);
        GenericRecord row = source.shown(now, false, key, after);
        for (Runs.Run run : offered) {
            if (source.issued(run.release().grant())) {
                GenericRecord own = before == null ? null : source.shown(then, true, key, before);
                offer(run.release(), key, own, source.shown(now, true, key, after), after);
            } else {
                offer(run.release(), key, old, row, after);
            }
        }
    }

    /** The keys under which it is released come out of what is sealed: a deletion's out of what there was. */
    private void offerSealed(
            ReleaseSource source,
            ReleaseRun run,
            byte[] name,
            @Nullable StoredRow before,
            Shield then,
            StoredRow after,
            Shield now) {
        ReleaseSource.Opened was = source.opened(run.seal(), name, before);
        ReleaseSource.Opened is = source.opened(run.seal(), name, after);
        boolean own = source.issued(run.grant());
        GenericRecord old = was == null ? null : source.shown(then, own, was.key(), was.row());
        if (is != null) {
            offer(run, is.key(), old, source.shown(now, own, is.key(), is.row()), after);
        } else if (was != null) {
            offer(run, was.key(), old, null, after);
        }
    }

    private void offer(
            ReleaseRun run, byte[] key, @Nullable GenericRecord old, @Nullable GenericRecord now, StoredRow row) {
        boolean had = run.matches(old);
        if (now != null && run.matches(now)) {
            if (!had || old == null || !run.alike(old, now)) {
                emitter.emit(run, key, run.value(now), row.at(), had ? Lineage.Op.UPDATE : Lineage.Op.CREATE);
            }
        } else if (had) {
            emitter.emit(run, key, null, row.at(), Lineage.Op.DELETE);
        }
    }
}
