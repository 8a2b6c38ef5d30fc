package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.topic.Ver;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.reconcile.DiscrepancyFormat;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.ClaimTypes;
import io.tongdao.reconcile.rule.Docket;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.OpenConflict;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.ValueSets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost, doubled or out of order is found, and what is right is not. */
class GoldenHistoryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
    private static final int PERSON = 7;

    private final Plan plan = PlanSource.compileToRead(Path.of("catalogue"));
    private final BasePlan base = plan.bases().get("population");
    private final WireFormat wire = wire();
    private final Reconciler reconciler = new Reconciler(
            base,
            plan.divisions(),
            new ValueSets(StageOrder.valueSets()),
            ClaimTypes.of(plan.datasets().values(), base.kind()));
    private final RegisterRecords records = new RegisterRecords(plan, wire);
    private final List<ConsumerRecord<byte[], byte[]>> src = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> golden = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> discrepancies = new ArrayList<>();
    private final Map<Register, ClaimedRows> rows = new HashMap<>();
    private Docket.Advance docket = new Docket.Advance(List.<OpenConflict>of(), List.of(), List.of());
    private String told = "";
    private int counter;

    /** A life of one person as the stage would tell it: a pupil's row has another name for a while. */
    @BeforeEach
    void live() {
        var household = new RegisterRow(Register.HOUSEHOLD, 1, PERSON, 1, false);
        var pupil = new RegisterRow(Register.PUPIL, 2, PERSON, 2, false);
        commit(household, records.read(household));
        commit(pupil, records.changed(pupil, Op.CREATE, 1, 0, NOON));
        commit(pupil, records.changed(pupil.next(3, true), Op.UPDATE, 2, 0, NOON));
        commit(household, records.changed(household.next(4, false), Op.UPDATE, 3, 0, NOON));
        commit(pupil, records.changed(pupil.next(5, false), Op.UPDATE, 4, 0, NOON));
        commit(pupil, records.gone(pupil, 5, NOON));
        commit(household, records.gone(household, 6, NOON));
    }

    @Test
    void whatIsRightIsRight() {
        assertThat(golden).hasSize(7);
        assertThat(discrepancies).hasSize(2);
        assertThat(check()).isEmpty();
    }

    @Test
    void aLostGoldenRecordIsFound() {
        golden.remove(2);
        assertThat(check())
                .anyMatch(found -> found.contains("no order of the sources"))
                .anyMatch(found -> found.contains("versions"));
    }

    @Test
    void aLostLastGoldenRecordIsFound() {
        golden.removeLast();
        assertThat(check()).anyMatch(found -> found.contains("last golden record"));
    }

    @Test
    void aDoubledGoldenRecordIsFound() {
        golden.add(3, golden.get(2));
        assertThat(check())
                .anyMatch(found -> found.contains("the one before said"))
                .anyMatch(found -> found.contains("versions"));
    }

    @Test
    void aLostDiscrepancyIsFound() {
        discrepancies.removeLast();
        assertThat(check()).anyMatch(found -> found.contains("discrepancies that stand"));
    }

    @Test
    void aDoubledDiscrepancyIsFound() {
        discrepancies.add(1, discrepancies.getFirst());
        assertThat(check()).anyMatch(found -> found.contains("opened and closed in turn"));
    }

    @Test
    void aLostSourceRecordIsFound() {
        src.remove(3);
        assertThat(check()).anyMatch(found -> found.contains("no order of the sources"));
    }

    @Test
    void whatComesAgainIsKnown() {
        src.addAll(List.copyOf(src));
        assertThat(check()).isEmpty();
    }

    @Test
    void whatSaysTheSameAfterASnapshotNeedNotBeTold() {
        // Given
        src.clear();
        golden.clear();
        discrepancies.clear();
        rows.clear();
        told = "";
        counter = 0;
        var pupil = new RegisterRow(Register.PUPIL, 2, PERSON, 2, false);
        commit(pupil, records.read(pupil));
        commit(pupil, records.changed(pupil, Op.UPDATE, 1, 0, NOON));
        var household = new RegisterRow(Register.HOUSEHOLD, 1, PERSON, 3, false);
        commit(household, records.changed(household, Op.CREATE, 1, 0, NOON));

        // When
        golden.removeFirst();
        golden.getFirst().headers().remove(Lineage.VER).add(Lineage.VER, new Ver(1, 1).bytes());

        // Then
        assertThat(golden).hasSize(1);
        assertThat(check()).isEmpty();
    }

    @Test
    void findingsNameNobody() {
        golden.remove(2);
        discrepancies.removeLast();
        assertThat(check().toString())
                .doesNotContain(BenchTable.citizen(PERSON))
                .contains("base.population-0 offset");
    }

    private List<String> check() {
        List<ClaimedRows> sources = new ArrayList<>();
        for (Register register : Register.values()) {
            ClaimedRows claimed = new ClaimedRows(plan.datasets().get(register.dataset()), base, wire);
            src.stream()
                    .filter(record -> record.topic().equals("src." + register.dataset()))
                    .forEach(claimed::take);
            sources.add(claimed);
        }
        GoldenHistory history = new GoldenHistory(base, reconciler, sources, wire);
        golden.forEach(history::golden);
        discrepancies.forEach(history::discrepancy);
        return history.check(Set.of(BenchTable.citizen(PERSON)));
    }

    private void commit(RegisterRow row, ProducerRecord<byte[], byte[]> sent) {
        var record = record(sent.topic(), src.size(), sent.key(), sent.value(), sent.headers());
        src.add(record);
        rows.computeIfAbsent(
                        row.register(),
                        register -> new ClaimedRows(plan.datasets().get(register.dataset()), base, wire))
                .take(record);
        String subject = SubjectKey.parse(sent.key()).subject();
        Map<String, List<Claim>> claims = new HashMap<>();
        rows.forEach((register, claimed) -> {
            List<ClaimedRows.Step> steps = claimed.about(subject);
            claims.put(register.dataset(), new ArrayList<>(steps.getLast().claims()));
        });
        Reconciler.Outcome outcome = reconciler.evaluate(subject, claims);
        if (!GoldenContent.of(outcome.golden()).equals(told)) {
            told = GoldenContent.of(outcome.golden());
            Headers headers = new RecordHeaders().add(Lineage.VER, new Ver(1, ++counter).bytes());
            golden.add(record(
                    base.topic().name(),
                    golden.size(),
                    subject.getBytes(StandardCharsets.UTF_8),
                    outcome.golden().exists() ? encode(outcome.golden()) : null,
                    headers));
        }
        docket = new Docket(subject, base.name(), reconciler, Map.of())
                .advance(docket.open(), docket.past(), outcome, claims, NOON, NOON.toEpochMilli());
        docket.reports()
                .forEach(report -> discrepancies.add(record(
                        "flag.discrepancy",
                        discrepancies.size(),
                        report.key().getBytes(StandardCharsets.UTF_8),
                        DiscrepancyFormat.FORMAT.encode(report),
                        new RecordHeaders())));
    }

    private byte[] encode(GoldenRecord record) {
        Schema schema = base.topic().schema();
        GenericRecord out = new GenericData.Record(schema);
        Schema source = schema.getField(BasePlan.SOURCES).schema().getValueType();
        Map<String, GenericRecord> from = new HashMap<>();
        record.items().forEach((name, item) -> {
            out.put(name, item.value());
            GenericRecord one = new GenericData.Record(source);
            one.put("dataset", item.dataset());
            one.put("pos", ByteBuffer.wrap(item.since().bytes()));
            one.put("at", item.at() == null ? null : item.at().toEpochMilli());
            one.put("rule", item.rule().word());
            from.put(name, one);
        });
        out.put(BasePlan.SOURCES, from);
        out.put(BasePlan.DISPUTED, record.disputed());
        return wire.writer(base.topic().valueSubject(), schema).encode(out);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String topic, long offset, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                topic, 0, offset, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, java.util.Optional.empty());
    }

    private WireFormat wire() {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        List<Topic> topics = new ArrayList<>(List.of(base.topic()));
        for (Register register : Register.values()) {
            topics.add(plan.table(register.dataset()));
        }
        try {
            for (Topic topic : topics) {
                registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
            }
        } catch (java.io.IOException | io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException e) {
            throw new AssertionError(e);
        }
        return new WireFormat(registry);
    }
}
