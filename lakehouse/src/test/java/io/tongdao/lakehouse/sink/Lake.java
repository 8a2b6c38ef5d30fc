package io.tongdao.lakehouse.sink;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.index.IndexStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A lakehouse in a temporary folder, and records as a topic would give them. */
public final class Lake implements AutoCloseable {
    static final Schema VALUE = new Schema.Parser().parse("""
            {"type":"record","name":"population","fields":[
             {"name":"full_name","type":["null","string"],"default":null},
             {"name":"birth_date","type":["null",{"type":"int","logicalType":"date"}],"default":null},
             {"name":"score","type":["null","long"],"default":null},
             {"name":"capital","type":["null",{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}],"default":null},
             {"name":"seen","type":["null",{"type":"long","logicalType":"local-timestamp-micros"}],"default":null},
             {"name":"_sources","type":["null",{"type":"map","values":{"type":"record","name":"BaseSource","fields":[
               {"name":"dataset","type":"string"},{"name":"pos","type":"bytes"},
               {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-millis"}]},
               {"name":"rule","type":"string"}]}}],"default":null},
             {"name":"_disputed","type":["null",{"type":"array","items":"string"}],"default":null}]}
            """);

    final Path folder;
    public final LakeCatalog catalog;
    IndexStore indexes;

    public Lake(Path folder) {
        this(folder, LakeCatalog.embedded(folder));
    }

    private Lake(Path folder, LakeCatalog catalog) {
        this.folder = folder;
        this.catalog = catalog;
        this.indexes = new IndexStore(folder.resolve("index"), 16L << 20);
    }

    /** A lakehouse on files that may fail, without fsync. */
    static Lake faulty(Path folder) {
        LakeCatalog.embedded(folder).close();
        var properties = new TreeMap<>(LakeCatalog.embeddedProperties(folder));
        properties.put("io-impl", FaultyIO.class.getName());
        properties.put("local.fsync", "false");
        return new Lake(folder, LakeCatalog.open(properties));
    }

    void closeIndexes() {
        indexes.close();
    }

    void openIndexes() {
        indexes = new IndexStore(folder.resolve("index"), 16L << 20);
    }

    void reopenIndexes() {
        closeIndexes();
        openIndexes();
    }

    public static TableFeed feed(String table, String topic, int partitions, int epoch, int sourcePartitions) {
        return new TableFeed(table, topic, VALUE, partitions, epoch, sourcePartitions);
    }

    TableWriter open(TableFeed feed, SinkSettings settings, Step.Probe probe) {
        Set<Integer> all = IntStream.range(0, feed.partitions()).boxed().collect(Collectors.toSet());
        return TableWriter.open(catalog, indexes, feed, "id-of-" + feed.topic(), all, Lake::decode, settings, probe);
    }

    public TableWriter open(TableFeed feed) {
        return open(feed, SinkSettings.DEFAULT, Step.Probe.NONE);
    }

    public static ConsumerRecord<byte[], byte[]> upsert(
            TableFeed feed, int partition, long offset, String key, long score) {
        return record(feed, partition, offset, key, encode(value(key, score)));
    }

    public static ConsumerRecord<byte[], byte[]> delete(TableFeed feed, int partition, long offset, String key) {
        return record(feed, partition, offset, key, null);
    }

    static ConsumerRecord<byte[], byte[]> record(TableFeed feed, int partition, long offset, String key, byte[] value) {
        var headers = new RecordHeaders();
        headers.add(
                Lineage.AT,
                ByteBuffer.allocate(8).putLong(1_700_000_000_000L + offset).array());
        return new ConsumerRecord<>(
                feed.topic(),
                partition,
                offset,
                1_700_000_000_000L + offset,
                TimestampType.CREATE_TIME,
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                headers,
                Optional.empty());
    }

    /** The same record as the source's row {@code row} at {@code commit}. */
    static ConsumerRecord<byte[], byte[]> from(ConsumerRecord<byte[], byte[]> record, String row, long commit) {
        record.headers().add(Lineage.POS, new Pos(1, commit, commit, 0).bytes());
        record.headers()
                .add(Lineage.ROW, Arrays.copyOf((row + "________________").getBytes(StandardCharsets.UTF_8), 16));
        return record;
    }

    public static GenericRecord value(String key, long score) {
        GenericRecord value = new GenericData.Record(VALUE);
        value.put("full_name", "名" + key);
        value.put("birth_date", (int) (score % 20000));
        value.put("score", score);
        value.put("capital", new BigDecimal(score).setScale(2));
        value.put("seen", 1_000_000L * score);
        GenericRecord source = new GenericData.Record(
                VALUE.getField("_sources").schema().getTypes().get(1).getValueType());
        source.put("dataset", "ga.household_population");
        source.put("pos", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        source.put("at", score % 2 == 0 ? null : 1_700_000_000_000L);
        source.put("rule", "source_of_record");
        value.put("_sources", Map.of("full_name", source));
        value.put("_disputed", List.of("mobile"));
        return value;
    }

    static byte[] encode(GenericRecord value) {
        try {
            var out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(VALUE, model()).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GenericRecord decode(byte[] bytes) {
        try {
            return new GenericDatumReader<GenericRecord>(VALUE, VALUE, model())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericData model() {
        GenericData model = new GenericData();
        model.addLogicalTypeConversion(new Conversions.DecimalConversion());
        return model;
    }

    /** Key → score, as Iceberg's own reader sees the table; a key that occurs twice fails. */
    public Map<String, Long> rows(String name) {
        return rows(catalog.table(name));
    }

    static Map<String, Long> rows(Table table) {
        Map<String, Long> rows = new TreeMap<>();
        try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
            for (Record each : all) {
                Long before = rows.put((String) each.getField("_key"), (Long) each.getField("score"));
                if (before != null) {
                    throw new AssertionError("a key stands in two rows");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    @Override
    public void close() {
        indexes.close();
        catalog.close();
    }
}
