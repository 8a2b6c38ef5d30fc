package io.tongdao.ops.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Topic;
import io.tongdao.ops.exchange.PlanSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is lost, doubled, out of order or not granted is found, and what is right is not. */
class ReleasedHistoryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
    private static final Function<byte[], Map<String, Object>> ITEMS = value -> Map.of("at", new String(value, UTF_8));
    private final Plan plan = PlanSource.compileToRead(Path.of("catalogue"));
    private final Topic topic = plan.table(Register.HOUSEHOLD.dataset());
    private final WireFormat wire = wire();
    private final ReleasedHistory history = new ReleasedHistory(
            plan.datasets().get(Register.HOUSEHOLD.dataset()),
            row -> row.get("residence_address") == null
                    ? null
                    : Map.of("at", row.get("hukou_address").toString().replaceAll("\\D", "")),
            wire);
    private byte[] key = {};

    /** Shown as 1, 2, gone, 4; between them a version that came again, and one that says nothing new. */
    @BeforeEach
    void live() {
        var records = new RegisterRecords(plan, wire);
        var row = new RegisterRow(Register.HOUSEHOLD, 1, 8, 1, false);
        ProducerRecord<byte[], byte[]> second = records.changed(row.next(2, false), Op.UPDATE, 2, 0, NOON);
        key = second.key();
        for (var sent : List.of(
                records.changed(row, Op.CREATE, 1, 0, NOON),
                second,
                records.changed(row.next(2, false), Op.UPDATE, 3, 0, NOON),
                second,
                records.gone(row, 4, NOON),
                records.changed(row.next(4, false), Op.CREATE, 5, 0, NOON))) {
            history.source(record(sent.key(), sent.value(), sent.headers()));
        }
    }

    @ParameterizedTest(name = "{0} is right")
    @CsvSource({"1 2 - 4", "2 - 4", "- 4", "4", "2 R2 - 4", "1 R1 2 - 4"})
    void whatIsRight(String shown) {
        assertThat(history.check(released(shown), ITEMS, true)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is right of an epoch that was stopped")
    @CsvSource({"''", "1", "1 2", "2 -", "1 2 - 4"})
    void whatIsRightOfWhatWasStopped(String shown) {
        assertThat(history.check(released(shown), ITEMS, false)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is wrong: {1}")
    @CsvSource({
        "'',          a row is missing",
        "1 2 -,       'a row is not what its source said, in its order'",
        "1 - 4,       'a row is not what its source said, in its order'",
        "1 2 4,       'a row is not what its source said, in its order'",
        "2 1 - 4,     'a row is not what its source said, in its order'",
        "1 2 2 - 4,   'a row is not what its source said, in its order'",
        "1 2 - - 4,   'a row is not what its source said, in its order'",
        "1 2 - 4 4,   'a row is not what its source said, in its order'",
        "9 4,         'a row is not what its source said, in its order'",
    })
    void whatIsWrong(String shown, String what) {
        assertThat(history.check(released(shown), ITEMS, true)).containsExactly(what);
    }

    @Test
    void whatWasNeverToBeSeenIsNotAllowedCommittedOrNot() {
        assertThat(released("1 2 - 4")).allMatch(record -> history.allowed(record, ITEMS));
        assertThat(released("3")).noneMatch(record -> history.allowed(record, ITEMS));
    }

    private List<ConsumerRecord<byte[], byte[]>> released(String shown) {
        List<ConsumerRecord<byte[], byte[]>> released = new ArrayList<>();
        for (String word : shown.isEmpty() ? new String[0] : shown.split(" ", -1)) {
            Op op = word.equals("-") ? Op.DELETE : word.startsWith("R") ? Op.READ : Op.UPDATE;
            byte[] value = op == Op.DELETE ? null : word.replace("R", "").getBytes(UTF_8);
            released.add(record(key, value, new RecordHeaders().add(Lineage.OP, op.bytes())));
        }
        return released;
    }

    private ConsumerRecord<byte[], byte[]> record(byte[] of, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                topic.name(), 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, of, value, headers, Optional.empty());
    }

    private WireFormat wire() {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        try {
            for (Register register : Register.values()) {
                Topic of = plan.table(register.dataset());
                registry.register(of.valueSubject(), new AvroSchema(of.schema()));
            }
        } catch (IOException | RestClientException e) {
            throw new AssertionError(e);
        }
        return new WireFormat(registry);
    }
}
