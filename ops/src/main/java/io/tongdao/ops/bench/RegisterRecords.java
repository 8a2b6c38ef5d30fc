package io.tongdao.ops.bench;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Rows of {@link Register}s as the records that collection writes: the same keys, partitions, Avro and headers. Not thread-safe. */
final class RegisterRecords {
    private static final int EPOCH = 1;
    private final Map<Register, Shelf> shelves = new EnumMap<>(Register.class);

    private record Shelf(Topic topic, WireFormat.Writer writer) {}

    RegisterRecords(Plan plan, WireFormat wire) {
        for (Register register : Register.values()) {
            DatasetPlan dataset = Objects.requireNonNull(
                    plan.datasets().get(register.dataset()), "the catalogue has " + register.dataset());
            Topic topic = dataset.topic();
            shelves.put(register, new Shelf(topic, wire.writer(topic.valueSubject(), topic.schema())));
        }
    }

    /** As a snapshot reads it: without a source time, below every change. */
    ProducerRecord<byte[], byte[]> read(RegisterRow row) {
        return record(row, encode(row), new Pos(EPOCH, 0, row.number(), 0), null, Op.READ);
    }

    /** @param ordinal among the records of one commit */
    ProducerRecord<byte[], byte[]> changed(RegisterRow row, Op op, long commit, int ordinal, Instant at) {
        return record(row, encode(row), new Pos(EPOCH, commit, commit, ordinal), at, op);
    }

    ProducerRecord<byte[], byte[]> gone(RegisterRow row, long commit, Instant at) {
        return record(row, null, new Pos(EPOCH, commit, commit, 0), at, Op.DELETE);
    }

    private byte[] encode(RegisterRow row) {
        Shelf shelf = shelf(row);
        var value = new GenericData.Record(shelf.topic.schema());
        row.register().fill(value, row);
        return shelf.writer.encode(value);
    }

    private ProducerRecord<byte[], byte[]> record(
            RegisterRow row, byte @Nullable [] value, Pos pos, @Nullable Instant at, Op op) {
        Topic topic = shelf(row).topic;
        byte[] key = SubjectKey.of(row.subject(), row.register().rowKey(row.number()))
                .bytes();
        var record =
                new ProducerRecord<>(topic.name(), SubjectKey.partition(key, topic.partitions()), null, key, value);
        record.headers().add(Lineage.POS, pos.bytes());
        if (at != null) {
            record.headers().add(Lineage.AT, Lineage.at(at));
        }
        record.headers()
                .add(Lineage.OP, op.bytes())
                .add(Lineage.DATASET, row.register().dataset().getBytes(StandardCharsets.UTF_8))
                .add(Lineage.ROW, row.digest());
        return record;
    }

    private Shelf shelf(RegisterRow row) {
        return Objects.requireNonNull(shelves.get(row.register()));
    }
}
