package io.tongdao.release;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Shield;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.Shields;
import io.tongdao.runtime.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a grant may know of one subject now, asked of the release task that holds the subject's rows (interactive query): its filter, what is
 * protected and whether it still runs there are decided as for a release. The task's own word counts: once it has acknowledged a stop,
 * nothing is found any more. Not thread-safe.
 */
public final class HeldRows {
    private final Plan plan;
    private final GrantTable table;
    private final Grant grant;
    private final ReleaseSource source;
    private final RowFilter filter;

    /**
     * What a task holds.
     *
     * @param rows every row of the kind's src, base and theme tables, of withheld ones too
     * @param grants how far the task is with each grant
     * @param protections that are in force
     */
    public record Task(
            ReadOnlyKeyValueStore<Bytes, byte[]> rows,
            ReadOnlyKeyValueStore<Bytes, byte[]> grants,
            ReadOnlyKeyValueStore<Bytes, byte[]> protections) {

        /** The task of a partition; empty: this instance doesn't have it, or it is being restored. */
        public static Optional<Task> of(Stage release, SubjectKind kind, int partition) {
            var rows = release.store(ReleaseTopology.rowsStore(kind), partition);
            var grants = release.store(ReleaseTopology.grantsStore(kind), partition);
            var protections = release.store(ReleaseTopology.protectionsStore(kind), partition);
            return rows.isEmpty() || grants.isEmpty() || protections.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Task(rows.get(), grants.get(), protections.get()));
        }
    }

    /** Nothing can be said: the task moved, or its state is not complete. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(Throwable cause) {
            super("the task's state can't be asked", cause);
        }
    }

    /** @throws IllegalArgumentException if the plan doesn't have what the grant names */
    public HeldRows(Plan plan, Grant grant, WireFormat format) {
        this.plan = plan;
        this.grant = grant;
        this.table = GrantTable.of(plan, grant.table());
        this.source = new ReleaseSource(plan, table, format);
        this.filter = RowFilter.compile(table, grant.filter());
    }

    public SubjectKind kind() {
        return table.kind();
    }

    /** The task that holds a subject's rows. */
    public int partition(String subject) {
        byte[] key = subject.getBytes(StandardCharsets.UTF_8);
        return SubjectKey.partition(key, plan.partitions().getOrDefault(table.kind(), 1));
    }

    /** Whether the grant runs in a task: it has been started there, and not stopped. */
    public boolean runs(Task task) throws Unavailable {
        try {
            byte[] stored = task.grants().get(Bytes.wrap(grant.id().getBytes(StandardCharsets.UTF_8)));
            RunState state = stored == null ? null : RunState.FORMAT.decode(stored);
            return state != null && state.runs() && state.grant().epoch() == grant.epoch();
        } catch (InvalidStateStoreException e) {
            throw new Unavailable(e);
        }
    }

    /**
     * The rows about a subject that the grant may know, in the order of their keys; nothing for one that is protected, or outside the filter.
     *
     * @param subject as keys have it
     */
    public List<GenericRecord> of(Task task, String subject) throws Unavailable {
        try {
            Shield shield = Shields.read(task.protections());
            List<GenericRecord> found = new ArrayList<>();
            for (KeyValue<Bytes, byte[]> row : RowKey.about(task.rows(), table.name(), subject)) {
                GenericRecord shown = shown(shield, RowKey.key(table.name(), row.key), StoredRow.parse(row.value));
                if (shown != null && filter.matches(shown)) {
                    found.add(shown);
                }
            }
            return found;
        } catch (InvalidStateStoreException e) {
            throw new Unavailable(e);
        }
    }

    /** How many entries a task's state has of a table, whether the catalogue has it or not: for who proves that none is left. */
    public static long count(Task task, String table) throws Unavailable {
        try (KeyValueIterator<Bytes, byte[]> range =
                task.rows().range(RowKey.of(table, new byte[0]), RowKey.end(table))) {
            long found = 0;
            while (range.hasNext()) {
                range.next();
                found++;
            }
            return found;
        } catch (InvalidStateStoreException e) {
            throw new Unavailable(e);
        }
    }

    private @Nullable GenericRecord shown(Shield shield, byte[] key, StoredRow row) {
        boolean own = source.issued(grant);
        return !own && source.hides(shield, key, row) ? null : source.shown(shield, own, key, row);
    }
}
