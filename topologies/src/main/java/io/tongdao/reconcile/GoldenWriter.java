package io.tongdao.reconcile;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.reconcile.rule.GoldenRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Writes golden records of one base database in its compiled schema, by field positions ({@code RecordSchemas}). One for each task: not thread-safe. */
final class GoldenWriter {
    private static final int WIRE_HEAD = 5;
    private static final int DIGEST = 16;
    private final Schema schema;
    private final Schema source;
    private final Map<String, Integer> positions = new HashMap<>();
    private final int sources;
    private final int disputed;
    private final WireFormat.Writer writer;
    private final MessageDigest digest = sha256();

    GoldenWriter(BasePlan base, WireFormat wire) {
        this.schema = base.topic().schema();
        base.items().keySet().forEach(item -> positions.put(item, position(item)));
        this.sources = position(BasePlan.SOURCES);
        this.disputed = position(BasePlan.DISPUTED);
        this.source = schema.getFields().get(sources).schema().getValueType();
        this.writer = wire.writer(base.topic().valueSubject(), schema);
    }

    byte[] encode(GoldenRecord golden) {
        GenericRecord record = new GenericData.Record(schema);
        Map<String, GenericRecord> from =
                LinkedHashMap.newLinkedHashMap(golden.items().size());
        golden.items().forEach((name, item) -> {
            record.put(Objects.requireNonNull(positions.get(name)), item.value());
            from.put(name, source(item));
        });
        record.put(sources, from);
        record.put(disputed, golden.disputed());
        return writer.encode(record);
    }

    /** Names the content of an encoded record: two of equal digest need no second emission. */
    String digest(byte[] encoded) {
        digest.update(encoded, WIRE_HEAD, encoded.length - WIRE_HEAD);
        return HexFormat.of().formatHex(digest.digest(), 0, DIGEST);
    }

    private GenericRecord source(GoldenRecord.Item item) {
        GenericRecord record = new GenericData.Record(source);
        record.put(0, item.dataset());
        record.put(1, ByteBuffer.wrap(item.since().bytes()));
        record.put(2, item.at() == null ? null : item.at().toEpochMilli());
        record.put(3, item.rule().word());
        return record;
    }

    private int position(String field) {
        Schema.Field found = schema.getField(field);
        if (found == null) {
            throw new IllegalStateException("schema " + schema.getName() + " has no field " + field);
        }
        return found.pos();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
