package io.tongdao.collect;

import io.debezium.data.Envelope.FieldName;
import io.debezium.relational.RelationalChangeRecordEmitter;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns the changes of one agency table into records keyed by the subject they are about (归集). In: Debezium's change events with full
 * before-images. Out, in this order: tombstones of keys that the row has left, the end of its reject, its new state under each of its
 * subjects' keys, or its reject. Pure but for compiled state; not thread-safe, one per task.
 */
public final class KeyBySubject {
    /** Debezium tells a changed primary key as a deletion and an insertion of one position: the second sorts after the first. */
    private static final int MOVED = 1 << 16;

    private final DatasetPlan dataset;
    private final int epoch;
    private final int rejectPartitions;
    private final int partitions;
    private final RowDigest digest;
    private final Schema schema;
    private final int rolePosition;
    private final DateDoubt doubt;
    private @Nullable Schema compiledFor;
    private @Nullable RowReader compiled;

    /**
     * @param epoch of the dataset: part of every position
     * @param digestKey secret of the digests that stand for rows
     */
    public KeyBySubject(DatasetPlan dataset, int epoch, byte[] digestKey, int rejectPartitions) {
        this(dataset, epoch, digestKey, rejectPartitions, DateDoubt.NONE);
    }

    KeyBySubject(DatasetPlan dataset, int epoch, byte[] digestKey, int rejectPartitions, DateDoubt doubt) {
        this.doubt = doubt;
        this.dataset = dataset;
        this.epoch = epoch;
        this.rejectPartitions = rejectPartitions;
        this.partitions = dataset.topic().partitions();
        this.digest = new RowDigest(digestKey, dataset.id());
        this.schema = RowSchema.of(dataset.topic().schema());
        this.rolePosition = RowSchema.names(schema).indexOf(SubjectPlan.ROLE_ITEM);
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
        if (!(event.key() instanceof Struct primaryKey)) {
            throw new CollectException(dataset.id() + ": table " + dataset.table() + " has no primary key");
        }
        Struct before = envelope.getStruct(FieldName.BEFORE);
        if (before == null && (op.equals("u") || op.equals("d"))) {
            throw new CollectException(
                    dataset.id() + ": a change without its before-image; " + SourceCheck.FULL_IMAGES);
        }
        Outcome outcome = new Outcome(
                SourcePosition.of(envelope.getStruct(FieldName.SOURCE), event.sourceOffset()),
                op(op),
                digest.of(primaryKey),
                event.headers().lastWithName(RelationalChangeRecordEmitter.PK_UPDATE_OLDKEY_FIELD) == null ? 0 : MOVED);
        outcome.decide(
                read(before, false, null, primaryKey),
                read(envelope.getStruct(FieldName.AFTER), true, before, primaryKey));
        return outcome.rows;
    }

    private RowImage read(@Nullable Struct image, boolean present, @Nullable Struct earlier, Struct primaryKey) {
        return image == null ? RowImage.ABSENT : reader(image.schema()).read(image, present, earlier, primaryKey);
    }

    private RowReader reader(Schema row) {
        RowReader reader = compiled;
        if (reader == null || compiledFor != row) {
            reader = new RowReader(dataset, RowSchema.names(schema), row, doubt);
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

    /** The records of one event, numbered in their order. */
    private final class Outcome {
        private final List<KeyedRow> rows = new ArrayList<>(2);
        private final SourcePosition position;
        private final Op op;
        private final byte[] row;
        private int ordinal;

        Outcome(SourcePosition position, Op op, byte[] row, int firstOrdinal) {
            this.position = position;
            this.op = op;
            this.row = row;
            this.ordinal = firstOrdinal;
        }

        void decide(RowImage before, RowImage after) {
            if (before instanceof RowImage.Valid was) {
                for (byte[] key : was.keys()) {
                    if (!(after instanceof RowImage.Valid is && holds(is.keys(), key))) {
                        add(dataset.topic().name(), partitions, key, null, Op.DELETE);
                    }
                }
            }
            boolean wasRejected =
                    before instanceof RowImage.Invalid || (before instanceof RowImage.Valid was && was.doubtful());
            if (wasRejected && !(after instanceof RowImage.Invalid)) {
                add(Names.REJECTS, rejectPartitions, Reject.key(dataset.id(), row), null, Op.DELETE);
            }
            switch (after) {
                case RowImage.Valid is -> upsert(is);
                case RowImage.Invalid invalid -> reject(invalid);
                case RowImage.Absent absent -> {}
            }
        }

        private void upsert(RowImage.Valid image) {
            for (int i = 0; i < image.keys().size(); i++) {
                Struct value = new Struct(schema);
                for (int f = 0; f < image.values().length; f++) {
                    value.put(schema.fields().get(f), image.values()[f]);
                }
                if (rolePosition >= 0) {
                    value.put(
                            schema.fields().get(rolePosition),
                            dataset.subjects().get(i).role());
                }
                add(dataset.topic().name(), partitions, image.keys().get(i), value, op);
            }
        }

        private void reject(RowImage.Invalid image) {
            Reject reject = new Reject(
                    dataset.id(),
                    HexFormat.of().formatHex(position.pos(epoch, ordinal).bytes()),
                    new String(op.bytes(), java.nio.charset.StandardCharsets.US_ASCII),
                    position.at(),
                    HexFormat.of().formatHex(row),
                    image.item(),
                    image.code());
            add(Names.REJECTS, rejectPartitions, Reject.key(dataset.id(), row), reject.bytes(), op);
        }

        private void add(String topic, int count, byte[] key, @Nullable Object value, Op kind) {
            rows.add(new KeyedRow(
                    topic, count, key, value, position.pos(epoch, ordinal++), position.at(), kind, dataset.id(), row));
        }

        private static boolean holds(List<byte[]> keys, byte[] key) {
            return keys.stream().anyMatch(k -> Arrays.equals(k, key));
        }
    }
}
