package io.tongdao.collect;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The records that one change gives, numbered in their order ({@link KeyBySubject} says in which). */
final class EventRecords {
    private static final byte[] NO_ROW = new byte[RowDigest.WIDTH];

    /** How a dataset's records are written: the same for all of its changes. */
    record Form(DatasetPlan dataset, Schema schema, int epoch, int rejectPartitions, int rolePosition) {
        static Form of(DatasetPlan dataset, int epoch, int rejectPartitions) {
            Schema schema = RowSchema.of(dataset.rows().schema());
            int role = RowSchema.names(schema).indexOf(SubjectPlan.ROLE_ITEM);
            return new Form(dataset, schema, epoch, rejectPartitions, role);
        }

        int partitions() {
            return dataset.topic().partitions();
        }
    }

    private final Form form;
    private final List<KeyedRow> rows = new ArrayList<>(2);
    private final SourcePosition position;
    private final Op op;
    private final byte[] row;
    private int ordinal;

    EventRecords(Form form, SourcePosition position, Op op, byte[] row, int firstOrdinal) {
        this.form = form;
        this.position = position;
        this.op = op;
        this.row = row;
        this.ordinal = firstOrdinal;
    }

    /** Not numbered: it is no record of the row. */
    void tellShape(ShapeWatch watch) {
        SchemaFlag flag =
                new SchemaFlag(form.dataset.id(), form.epoch, watch.accepted(), watch.changes(), position.at());
        rows.add(new KeyedRow(
                Names.SCHEMA_CHANGES,
                1,
                flag.key(),
                flag.bytes(),
                position.pos(form.epoch, ordinal),
                position.at(),
                Op.UPDATE,
                form.dataset.id(),
                NO_ROW));
    }

    /** @param endReject whether the row had a reject that the row before the change does not tell of */
    void decide(RowImage before, RowImage after, boolean endReject) {
        List<byte[]> left = left(before, after);
        for (byte[] key : left) {
            if (!about(after, key)) {
                leave(key);
            }
        }
        boolean wasRejected = endReject
                || before instanceof RowImage.Invalid
                || before instanceof RowImage.Held
                || (before instanceof RowImage.Valid was && was.doubtful());
        if (wasRejected && !(after instanceof RowImage.Invalid || after instanceof RowImage.Held)) {
            add(Names.REJECTS, form.rejectPartitions, Reject.key(form.dataset.id(), row), null, Op.DELETE);
        }
        switch (after) {
            case RowImage.Valid is -> upsert(is);
            case RowImage.Invalid invalid -> reject(invalid.item(), invalid.code());
            case RowImage.Held held -> reject(held.item(), held.code());
            case RowImage.Absent absent -> {}
        }
        // Not before: a subject is never without the row meanwhile, so that no other row takes its place.
        for (byte[] key : left) {
            if (about(after, key)) {
                leave(key);
            }
        }
    }

    /** The keys that the row had and has no longer. */
    private static List<byte[]> left(RowImage before, RowImage after) {
        List<byte[]> known = keys(before);
        if (known.isEmpty() || known == keys(after)) {
            return List.of();
        }
        List<byte[]> left = new ArrayList<>(known);
        left.removeIf(key -> stays(after, key));
        return left;
    }

    private void leave(byte[] key) {
        add(form.dataset.topic().name(), form.partitions(), key, null, Op.DELETE);
    }

    /** Whether the row is still about a key's subject, under another key. */
    private static boolean about(RowImage after, byte[] key) {
        String subject = SubjectKey.parse(key).subject();
        return after instanceof RowImage.Valid valid
                && valid.keys().stream()
                        .anyMatch(next -> SubjectKey.parse(next).subject().equals(subject));
    }

    private static List<byte[]> keys(RowImage image) {
        return switch (image) {
            case RowImage.Valid valid -> valid.keys();
            case RowImage.Held held -> held.keys();
            case RowImage.Invalid invalid -> List.of();
            case RowImage.Absent absent -> List.of();
        };
    }

    private static boolean stays(RowImage after, byte[] key) {
        return switch (after) {
            case RowImage.Valid is -> holds(is.keys(), key);
            case RowImage.Held held -> held.keys().isEmpty() || holds(held.keys(), key);
            case RowImage.Invalid invalid -> false;
            case RowImage.Absent absent -> false;
        };
    }

    private void upsert(RowImage.Valid image) {
        for (int i = 0; i < image.keys().size(); i++) {
            Struct value = new Struct(form.schema);
            for (int f = 0; f < image.values().length; f++) {
                value.put(form.schema.fields().get(f), image.values()[f]);
            }
            if (form.rolePosition >= 0) {
                value.put(
                        form.schema.fields().get(form.rolePosition),
                        image.roles().get(i));
            }
            add(form.dataset.topic().name(), form.partitions(), image.keys().get(i), value, op);
        }
    }

    private void reject(String item, String code) {
        Reject reject = new Reject(
                form.dataset.id(),
                HexFormat.of().formatHex(position.pos(form.epoch, ordinal).bytes()),
                new String(op.bytes(), StandardCharsets.US_ASCII),
                position.at(),
                HexFormat.of().formatHex(row),
                item,
                code);
        add(Names.REJECTS, form.rejectPartitions, Reject.key(form.dataset.id(), row), reject.bytes(), op);
    }

    private void add(String topic, int count, byte[] key, @Nullable Object value, Op kind) {
        rows.add(new KeyedRow(
                topic,
                count,
                key,
                value,
                position.pos(form.epoch, ordinal++),
                position.at(),
                kind,
                form.dataset.id(),
                row));
    }

    private static boolean holds(List<byte[]> keys, byte[] key) {
        for (byte[] each : keys) {
            if (Arrays.equals(each, key)) {
                return true;
            }
        }
        return false;
    }

    List<KeyedRow> all() {
        return rows;
    }
}
