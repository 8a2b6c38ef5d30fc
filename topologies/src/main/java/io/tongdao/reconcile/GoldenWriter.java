package io.tongdao.reconcile;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.GoldenRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final WireFormat.Reader reader;
    private final List<String> items;
    private final MessageDigest digest = sha256();

    GoldenWriter(BasePlan base, WireFormat wire) {
        this.schema = base.topic().schema();
        base.items().keySet().forEach(item -> positions.put(item, position(item)));
        this.sources = position(BasePlan.SOURCES);
        this.disputed = position(BasePlan.DISPUTED);
        this.source = schema.getFields().get(sources).schema().getValueType();
        this.writer = wire.writer(base.topic().valueSubject(), schema);
        this.reader = wire.reader(schema);
        this.items = List.copyOf(base.items().keySet());
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

    /** Names the content of a record that another version of the stage may have encoded, without since when its sources say so. */
    String content(byte[] encoded) {
        GenericRecord record = reader.decode(encoded);
        Map<?, ?> from = (Map<?, ?>) record.get(sources);
        Map<String, GenericRecord> undated = new LinkedHashMap<>();
        for (String item : items) {
            if (from.get(item) instanceof GenericRecord dated) {
                GenericRecord source = new GenericData.Record(this.source);
                source.put(0, dated.get(0));
                source.put(1, ByteBuffer.wrap(new byte[Pos.WIDTH]));
                source.put(3, dated.get(3));
                undated.put(item, source);
            }
        }
        record.put(sources, undated);
        return digest(writer.encode(record));
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
