package io.tongdao.lakehouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppendWriterTest {
    private static final int PARTITIONS = 2;
    private static final int PAGES = 60;
    private static final long NOVEMBER = 1_793_500_000_000L;
    private static final long MONTH = Duration.ofDays(31).toMillis();
    private static final Topic TOPIC =
            new Topic("audit.subject_release", PARTITIONS, Policy.AUDIT, ReleaseLedger.SUBJECTS.schema());
    private static final TableFeed FEED = TableFeed.appended(
            "audit.subject_release", TOPIC, new TableFeed.Appended(ReleaseLedger.SUBJECTS_OF, ReleaseLedger.FIRST));
    private static final SinkSettings SETTINGS = SinkSettings.DEFAULT.withKept(1, Duration.ZERO);

    @TempDir
    Path folder;

    private final List<List<ConsumerRecord<byte[], byte[]>>> topic = new ArrayList<>();
    private final Set<String> expected = new TreeSet<>();
    private Lake lake;

    @AfterEach
    void close() {
        FaultyIO.heal();
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyRowIsThereOnceAndStaysWhateverFails(long seed) throws IOException {
        // Given
        Random random = new Random(seed);
        fill(random);
        lake = Lake.faulty(folder);
        Set<String> files = new HashSet<>();
        int faults = 0;
        // When
        boolean end = false;
        while (!end) {
            try (AppendWriter writer = open()) {
                while (!atEnd(writer)) {
                    writer.positions().forEach((partition, from) -> feed(writer, partition, from, random));
                    if (random.nextInt(3) > 0) {
                        FaultyIO.failAfter(random.nextInt(12));
                    }
                    writer.commit();
                    FaultyIO.heal();
                    Set<String> now = files();
                    assertThat(now).as("seed %d: no file goes", seed).containsAll(files);
                    files = now;
                }
                end = true;
            } catch (UncheckedIOException e) {
                faults++;
            } finally {
                FaultyIO.heal();
            }
        }
        // Then
        assertThat(faults).as("faults with seed %d", seed).isPositive();
        assertThat(rows()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void eachSubjectOfAPageIsARowInTheFileOfItsMonth() throws IOException {
        // Given
        fill(new Random(7));
        lake = Lake.faulty(folder);
        // When
        try (AppendWriter writer = open()) {
            topic.forEach(records -> records.forEach(writer::add));
            writer.commit();
            writer.commit();
        }
        // Then
        assertThat(files()).hasSize(2);
        LakeQuery query = LakeQuery.open(lake.catalog, TableRights.ALL);
        List<String> answer = query.query(
                "select grant_id, count(*), sum(records), min(first_at) <= max(last_at) from audit.subject_release"
                        + " group by grant_id",
                rows -> {
                    List<String> lines = new ArrayList<>();
                    while (rows.next()) {
                        lines.add(rows.getString(1) + " " + rows.getLong(2) + " " + rows.getLong(3) + " "
                                + rows.getBoolean(4));
                    }
                    return lines;
                });
        assertThat(answer).containsExactly("yb-names " + expected.size() + " " + expected.size() + " true");
    }

    private AppendWriter open() {
        return AppendWriter.open(
                lake.catalog,
                FEED,
                Objects.requireNonNull(FEED.appended()),
                "id",
                Set.of(0, 1),
                AppendWriterTest::decode,
                SETTINGS);
    }

    private void feed(AppendWriter writer, int partition, long from, Random random) {
        int to = Math.min(PAGES, (int) from + random.nextInt(12));
        topic.get(partition).subList((int) from, to).forEach(writer::add);
    }

    private static boolean atEnd(AppendWriter writer) {
        return writer.committed().values().stream().allMatch(offset -> offset == PAGES);
    }

    private void fill(Random random) {
        var under = new ReleasedUnder(
                "yb-names",
                1,
                "share",
                "yb",
                "medical_insurance",
                "ga.household_population",
                "token",
                "full_name:keep");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int offset = 0; offset < PAGES; offset++) {
                List<GenericRecord> subjects = new ArrayList<>();
                for (int n = 0; n <= random.nextInt(3); n++) {
                    String subject = "t1:" + partition + "-" + offset + "-" + n;
                    subjects.add(subject(subject, NOVEMBER + (random.nextBoolean() ? 0 : MONTH) + n));
                    expected.add(subject + " " + partition + " " + offset);
                }
                GenericRecord page = ReleaseLedger.entry(TOPIC, under);
                page.put(ReleaseLedger.SUBJECTS_OF, subjects);
                records.add(new ConsumerRecord<>(TOPIC.name(), partition, offset, new byte[] {1}, encode(page)));
            }
            topic.add(records);
        }
    }

    private static GenericRecord subject(String token, long at) {
        GenericRecord one = new GenericData.Record(
                TOPIC.schema().getField(ReleaseLedger.SUBJECTS_OF).schema().getElementType());
        one.put(ReleaseLedger.SUBJECT, token);
        one.put(ReleaseLedger.FIRST, at);
        one.put(ReleaseLedger.LAST, at + 5);
        one.put(ReleaseLedger.RECORDS, 1L);
        one.put(ReleaseLedger.TOMBSTONES, 0L);
        return one;
    }

    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> all = IcebergGenerics.read(table()).build()) {
            all.forEach(row -> rows.add(row.getField(ReleaseLedger.SUBJECT) + " " + row.getField(RowShape.PARTITION)
                    + " " + row.getField(RowShape.OFFSET)));
        }
        return rows;
    }

    private Set<String> files() throws IOException {
        Set<String> files = new HashSet<>();
        try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        }
        return files;
    }

    private Table table() {
        return lake.catalog.table(FEED.table());
    }

    private static byte[] encode(GenericRecord value) {
        try {
            var out = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(TOPIC.schema()).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericRecord decode(byte[] bytes) {
        try {
            return new GenericDatumReader<GenericRecord>(TOPIC.schema())
                    .read(null, DecoderFactory.get().binaryDecoder(new ByteArrayInputStream(bytes), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
