package io.tongdao.collect;

import io.debezium.data.Envelope.FieldName;
import io.debezium.relational.RelationalChangeRecordEmitter;
import io.tongdao.collect.SchemaFlag.Change;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns the changes of one agency table into records keyed by the subject they are about (归集). In: Debezium's change events with full
 * before-images. Out, in this order: what is new about the table's shape, tombstones of subjects that the row has left, the end of its
 * reject, its new state under each of its subjects' keys, or its reject, tombstones of other keys of the same subjects. Pure but for compiled state; not thread-safe, one per task.
 *
 * <p>While a change of the table's shape holds it ({@link ShapeWatch}), its rows are rejected and what the exchange knows of them stays;
 * deletions and moved keys still count as far as they can be read.
 */
public final class KeyBySubject {
    /** Debezium tells a changed primary key as a deletion and an insertion of one position: the second sorts after the first. */
    static final int MOVED = 1 << 16;

    private final DatasetPlan dataset;
    private final EventRecords.Form form;
    private final RowDigest digest;
    private final DateDoubt doubt;
    private final @Nullable ShapeWatch watch;
    private @Nullable RecentChanges reread;
    private final @Nullable Retries retries;
    private @Nullable Schema compiledFor;
    private @Nullable Schema keyedBy;
    private @Nullable RowReader compiled;

    /**
     * @param epoch of the dataset: part of every position
     * @param digestKey secret of the digests that stand for rows
     */
    public KeyBySubject(DatasetPlan dataset, int epoch, byte[] digestKey, int rejectPartitions) {
        this(dataset, epoch, digestKey, rejectPartitions, DateDoubt.NONE, null, null, null);
    }

    /**
     * @param watch null: a column that the catalogue relies on and the table has not is an error
     * @param reread null unless the table is being read again beside its stream
     * @param retries null unless the table is being read beside its stream for some rejected rows only
     */
    KeyBySubject(
            DatasetPlan dataset,
            int epoch,
            byte[] digestKey,
            int rejectPartitions,
            DateDoubt doubt,
            @Nullable ShapeWatch watch,
            @Nullable RecentChanges reread,
            @Nullable Retries retries) {
        this.doubt = doubt;
        this.watch = watch;
        this.reread = reread;
        this.retries = retries;
        this.dataset = dataset;
        this.form = EventRecords.Form.of(dataset, epoch, rejectPartitions);
        this.digest = new RowDigest(digestKey, dataset.id());
    }

    /**
     * The records that one change gives.
     *
     * @throws CollectException if the event says that the source can't be read right; says nothing of the row
     */
    public List<KeyedRow> apply(SourceRecord event) {
        Struct envelope = (Struct) event.value();
        String op = envelope.getString(FieldName.OPERATION);
        if (op.equals("t")) {
            throw new ResnapshotException(dataset.id() + ": the source table was truncated");
        }
        SourcePosition position = SourcePosition.of(envelope.getStruct(FieldName.SOURCE), event.sourceOffset());
        Struct primaryKey = event.key() instanceof Struct key ? key : null;
        byte[] row = primaryKey == null ? digest.of(position) : digest.of(primaryKey);
        if (superfluous(op, row)) {
            return List.of();
        }
        Pos again = again(op, row);
        if (retries != null && op.equals("r") && again == null) {
            return List.of();
        }
        Struct before = envelope.getStruct(FieldName.BEFORE);
        Struct after = envelope.getStruct(FieldName.AFTER);
        boolean moved = !event.headers().isEmpty()
                && event.headers().lastWithName(RelationalChangeRecordEmitter.PK_UPDATE_OLDKEY_FIELD) != null;
        EventRecords records = again == null
                ? new EventRecords(form, position, op(op), row, moved ? MOVED : 0)
                : new EventRecords(
                        form,
                        new SourcePosition(again.commit(), again.change(), 0, null),
                        op(op),
                        row,
                        again.ordinal());
        if (news(before, after, primaryKey, op) && watch != null) {
            records.tellShape(watch);
        }
        Change holding = watch == null ? null : watch.holding();
        if (primaryKey == null || (before == null && (op.equals("u") || op.equals("d")))) {
            records.decide(
                    RowImage.ABSENT,
                    after == null ? RowImage.ABSENT : held(RowImage.ABSENT, unreadable(holding)),
                    false);
        } else {
            RowImage was = image(before, false, null, primaryKey, holding, RowImage.ABSENT);
            records.decide(was, image(after, true, before, primaryKey, holding, was), again != null);
        }
        return records.all();
    }

    /** The table is being read chunk by chunk, and the next has been read. */
    void chunk() {
        if (reread != null) {
            reread.chunk();
        }
    }

    /** The table has been read whole. Gives the ends of rejects whose rows it no longer has. */
    List<KeyedRow> readWhole() {
        reread = null;
        List<KeyedRow> ends = new ArrayList<>();
        if (retries != null) {
            retries.missing()
                    .forEach((row, pos) -> ends.add(new KeyedRow(
                            Names.REJECTS,
                            form.rejectPartitions(),
                            Reject.key(dataset.id(), row),
                            null,
                            pos,
                            null,
                            Op.DELETE,
                            dataset.id(),
                            row)));
        }
        return ends;
    }

    /** The position of a rejected row that was fetched again; null: it is none. */
    private @Nullable Pos again(String op, byte[] row) {
        if (retries == null) {
            return null;
        }
        if (op.equals("r")) {
            return retries.take(row);
        }
        retries.overtaken(row);
        return null;
    }

    private boolean superfluous(String op, byte[] row) {
        if (reread == null) {
            return false;
        }
        if (op.equals("r")) {
            return reread.contains(row);
        }
        reread.changed(row);
        return false;
    }

    /** Whether the event shows something of the table that was not known. */
    private boolean news(@Nullable Struct before, @Nullable Struct after, @Nullable Struct primaryKey, String op) {
        boolean lost = before == null && (op.equals("u") || op.equals("d"));
        if (watch == null) {
            if (primaryKey == null) {
                throw new CollectException(dataset.id() + ": table " + dataset.table() + " has no primary key");
            }
            if (lost) {
                throw new CollectException(
                        dataset.id() + ": a change without its before-image; " + SourceCheck.FULL_IMAGES);
            }
            return false;
        }
        boolean news = lost && watch.beforeImageLost();
        Struct image = after == null ? before : after;
        Schema key = primaryKey == null ? null : primaryKey.schema();
        if (image != null && (image.schema() != compiledFor || key != keyedBy)) {
            keyedBy = key;
            reader(image.schema());
            news |= watch.see(TableShape.of(image.schema(), key == null ? List.of() : TableShape.key(key)));
        }
        return news;
    }

    private RowImage image(
            @Nullable Struct image,
            boolean present,
            @Nullable Struct earlier,
            Struct primaryKey,
            @Nullable Change holding,
            RowImage was) {
        if (image == null) {
            return RowImage.ABSENT;
        }
        RowImage read = reader(image.schema()).read(image, present, earlier, primaryKey, was);
        return holding == null ? read : held(read, holding);
    }

    private static RowImage held(RowImage image, Change holding) {
        boolean owned = holding.kind() != SchemaFlag.Kind.KEY_CHANGED;
        List<byte[]> keys = owned && image instanceof RowImage.Valid valid ? valid.keys() : List.of();
        return new RowImage.Held(keys, holding.item(), holding.kind().code());
    }

    private Change unreadable(@Nullable Change holding) {
        if (holding == null) {
            throw new CollectException(dataset.id() + ": a change that can't be read in a table that seems well");
        }
        return holding;
    }

    private RowReader reader(Schema row) {
        RowReader reader = compiled;
        if (reader == null || compiledFor != row) {
            reader = new RowReader(dataset, RowSchema.names(form.schema()), row, doubt, watch != null);
            compiled = reader;
            compiledFor = row;
        }
        return reader;
    }

    private static Op op(String code) {
        return switch (code) {
            case "r" -> Op.READ;
            case "c" -> Op.CREATE;
            case "u" -> Op.UPDATE;
            case "d" -> Op.DELETE;
            default -> throw new CollectException("an event of the unknown kind " + code);
        };
    }
}
