package io.tongdao.ops.bench;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Topic;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.index.IndexStore;
import io.tongdao.lakehouse.sink.SinkSettings;
import io.tongdao.lakehouse.sink.TableFeed;
import io.tongdao.lakehouse.sink.TableWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The sample's population as a table of made-up golden records, written as the sink writes it; a twentieth of them twice. */
final class QueryTable {
    private static final int BATCH = 50_000;
    private static final int AGAIN = 20;
    private static final int COUNTIES = 129;
    private static final String BASE = "population";

    private final Topic topic;
    private final int rows;

    QueryTable(Plan plan, int rows) {
        this.topic = Objects.requireNonNull(plan.bases().get(BASE), BASE).topic();
        this.rows = rows;
    }

    static String name() {
        return Names.base(BASE);
    }

    String key(int row) {
        return Long.toString(530_000_000_000_000_000L + row * 7_919L);
    }

    /** @param data of an exchange, with nothing in it yet */
    void fill(Path data) {
        TableFeed feed = TableFeed.of(name(), topic, 30);
        Set<Integer> all = IntStream.range(0, topic.partitions()).boxed().collect(Collectors.toSet());
        try (LakeCatalog catalog = LakeCatalog.embedded(data);
                IndexStore indexes = new IndexStore(data.resolve("state").resolve("lake-index"), 48L << 20);
                TableWriter writer =
                        TableWriter.open(catalog, indexes, feed, "bench", all, this::record, SinkSettings.DEFAULT)) {
            long[] offsets = new long[topic.partitions()];
            Random random = new Random(1);
            for (int i = 0; i < rows + rows / AGAIN; i++) {
                add(writer, offsets, i < rows ? i : random.nextInt(rows), i);
                if (i % BATCH == BATCH - 1) {
                    writer.commit();
                }
            }
            writer.commit();
        }
    }

    private void add(TableWriter writer, long[] offsets, int row, int value) {
        byte[] key = key(row).getBytes(StandardCharsets.UTF_8);
        int partition = SubjectKey.partition(key, offsets.length);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
        writer.add(new ConsumerRecord<>(topic.name(), partition, offsets[partition]++, key, bytes));
    }

    /** A golden record of a number: items of text have some, the others have none. */
    private GenericRecord record(byte[] bytes) {
        int value = ByteBuffer.wrap(bytes).getInt();
        GenericRecord record = new GenericData.Record(topic.schema());
        for (Schema.Field field : topic.schema().getFields()) {
            if (isText(field.schema())) {
                record.put(field.pos(), text(field.name(), value));
            }
        }
        return record;
    }

    private static String text(String item, int value) {
        return item.endsWith("division")
                ? Integer.toString(530_100 + value % COUNTIES)
                : item + Integer.toString(value * 31 % 65_537, Character.MAX_RADIX);
    }

    private static boolean isText(Schema schema) {
        return schema.getType() == Schema.Type.STRING
                || (schema.getType() == Schema.Type.UNION
                        && schema.getTypes().stream().anyMatch(QueryTable::isText));
    }
}
