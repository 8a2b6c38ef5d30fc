package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.ClusterConnector;
import io.tongdao.collect.ClusterConnector.Cluster;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.CollectTopics;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.Source.Engine;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our connectors in a distributed Connect worker: the records of the embedded engine, byte for byte, each once. */
class ConnectClusterIT {
    @TempDir
    private static Path dir;

    private static Landscape land;
    private static ConnectWorker worker;
    private static Path secrets;

    @BeforeAll
    static void start() throws Exception {
        land = new Landscape(dir);
        secrets = dir.resolve("collect.secrets");
        Files.writeString(
                secrets,
                "POSTGRESQL=%s%nMARIADB=%s%ndigest=%s%n"
                        .formatted(
                                land.secret("POSTGRESQL"),
                                land.secret("MARIADB"),
                                HexFormat.of().formatHex(Landscape.DIGEST_KEY)));
        worker = new ConnectWorker(dir, land.broker.adminSettings());
    }

    @AfterAll
    static void stop() {
        worker.close();
        land.close();
    }

    /** The same datasets by a connection of their own into topics of their own. */
    private static Plan beside(Plan plan, Source source) {
        Map<String, DatasetPlan> datasets = new TreeMap<>();
        plan.datasets().forEach((id, d) -> {
            Topic topic = new Topic(
                    "src.cluster_" + d.topic().name().substring(4),
                    d.topic().partitions(),
                    d.topic().policy(),
                    d.topic().schema());
            datasets.put(
                    id,
                    new DatasetPlan(
                            id,
                            d.agency(),
                            d.name(),
                            d.title(),
                            source.name(),
                            d.table(),
                            d.subjects(),
                            d.rowKey(),
                            d.asOf(),
                            d.items(),
                            topic));
        });
        return new Plan(
                datasets,
                Map.of(),
                Map.of(source.name(), source),
                plan.partitions(),
                Map.of(),
                plan.divisions(),
                "test");
    }

    private static Source named(Source source, String name) {
        return new Source(
                name,
                source.agency(),
                source.engine(),
                source.host(),
                source.port(),
                source.database(),
                source.user(),
                source.passwordRef());
    }

    private static String cluster(Plan plan, Map<String, String> more) throws Exception {
        Source source = plan.sources().values().iterator().next();
        land.provision(plan);
        land.create(CollectTopics.ofCluster(plan));
        CollectSettings settings = CollectSettings.of(
                land.broker.adminSettings(),
                land.registry,
                reference -> "${file:" + secrets + ":" + reference + "}",
                Landscape.DIGEST_KEY);
        Map<String, String> config = new HashMap<>(ClusterConnector.config(
                plan, source, settings, new Cluster(land.registryUrl(), "${file:" + secrets + ":digest}", 1, 1)));
        config.putAll(more);
        String name = ClusterConnector.name(source, 1);
        worker.put(name, config);
        return name;
    }

    private static TopicView committed(Topic topic) {
        Map<String, Object> kafka = new HashMap<>(land.broker.adminSettings());
        kafka.put("isolation.level", "read_committed");
        return TopicView.read(kafka, land.registry, topic);
    }

    private static Topic topic(Plan plan) {
        return plan.datasets().values().iterator().next().topic();
    }

    /** Each partition's records in order: key, value and headers in hex. */
    private static Map<Integer, List<String>> bytes(TopicView view) {
        Map<Integer, List<String>> partitions = new TreeMap<>();
        view.records()
                .forEach(r -> partitions
                        .computeIfAbsent(r.partition(), none -> new ArrayList<>())
                        .add(bytes(r)));
        return partitions;
    }

    private static String bytes(ConsumerRecord<byte[], byte[]> record) {
        String headers = StreamSupport.stream(record.headers().spliterator(), false)
                .map(h -> h.key() + '=' + HexFormat.of().formatHex(h.value()))
                .collect(Collectors.joining(","));
        return HexFormat.of().formatHex(record.key())
                + ' '
                + (record.value() == null ? "null" : HexFormat.of().formatHex(record.value()))
                + ' '
                + headers;
    }

    private static long markers(TopicView view) {
        return view.records().stream().filter(r -> SubjectKey.isMarker(r.key())).count();
    }

    private static void awaitMarkers(Plan plan, String connector) {
        await().atMost(People.SOON).untilAsserted(() -> {
            assertThat(worker.task(connector).path("trace").asText()).isEmpty();
            assertThat(markers(committed(topic(plan)))).isEqualTo(SourceTables.PARTITIONS);
        });
    }

    /** Positions name the commit before: both must have seen the same one before the changes begin. */
    private static void levelWithLog(People people) throws Exception {
        if (people.source().engine() == Engine.MARIADB) {
            return;
        }
        String lsn;
        try (Connection connection = land.connect(people.source());
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_logical_emit_message(true, 'test', '')::text")) {
            row.next();
            lsn = row.getString(1);
        }
        await().atMost(People.SOON).until(() -> {
            try (Connection connection = land.connect(people.source());
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT bool_and(confirmed_flush_lsn > '" + lsn
                            + "') AND count(*) = 2 FROM pg_replication_slots WHERE database = current_database()")) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void theClusterWritesWhatTheEmbeddedEngineWrites(Engine engine) throws Exception {
        // Given
        People people = People.in(land, engine, "both_" + engine.name().toLowerCase(java.util.Locale.ROOT));
        Plan beside =
                beside(people.plan(), named(people.source(), people.source().name() + "_cluster"));
        people.insert(0, 2000);
        people.run("INSERT INTO person VALUES (5000, 'no number', 'x')", "INSERT INTO person VALUES (5001, NULL, 'y')");
        people.collectAndStream();
        String connector = cluster(beside, Map.of());
        awaitMarkers(beside, connector);
        levelWithLog(people);

        // When
        people.run(
                "UPDATE person SET name = 'changed' WHERE pk < 100",
                "UPDATE person SET cid = '" + Ids.citizen(3000) + "' WHERE pk = 200",
                "UPDATE person SET pk = 6000 WHERE pk = 201",
                "UPDATE person SET cid = 'wrong' WHERE pk = 202",
                "UPDATE person SET cid = '" + Ids.citizen(3001) + "' WHERE pk = 5000",
                "DELETE FROM person WHERE pk BETWEEN 300 AND 320 OR pk = 5001");
        people.insert(7000, 7500);

        // Then
        Topic rejects = new Topic(Names.REJECTS, 1, Policy.CONTROL, null);
        String dataset = people.dataset().id() + '|';
        await().atMost(People.SOON)
                .pollInterval(java.time.Duration.ofMillis(300))
                .untilAsserted(() -> {
                    Map<Integer, List<String>> embedded = bytes(people.topic());
                    assertThat(embedded.values().stream().mapToInt(List::size).sum())
                            .isGreaterThan(2600);
                    assertThat(bytes(committed(topic(beside))).equals(embedded))
                            .as("the same records in the same order, in every partition")
                            .isTrue();
                    Map<String, Long> flagged = committed(rejects).records().stream()
                            .filter(r -> TopicView.text(r.key()).startsWith(dataset))
                            .collect(Collectors.groupingBy(ConnectClusterIT::bytes, Collectors.counting()));
                    assertThat(flagged).hasSize(5);
                    assertThat(flagged.values()).containsOnly(2L);
                });
        assertThat(land.breaks()).isEmpty();
        land.closeCollectors();
        worker.delete(connector);
    }

    @Test
    void aRestartedTaskRepeatsNothing() throws Exception {
        // Given
        People people = People.in(land, Engine.POSTGRESQL, "once");
        people.insert(0, 500);
        String connector = cluster(people.plan(), Map.of("max.batch.size", "40", "max.queue.size", "80"));
        awaitMarkers(people.plan(), connector);

        // When
        for (int round = 0; round < 3; round++) {
            int from = 10_000 + round * 3000;
            try (Connection connection = land.connect(people.source())) {
                CollectPostgresIT.copy(connection, from, from + 3000);
            }
            int seen = 500 + round * 3000 + 600;
            await().atMost(People.SOON)
                    .pollInterval(java.time.Duration.ofMillis(10))
                    .until(() -> committed(topic(people.plan())).records().size() > seen);
            worker.restart(connector);
        }

        // Then
        await().atMost(People.SOON).untilAsserted(() -> {
            assertThat(worker.task(connector).path("trace").asText()).isEmpty();
            assertThat(committed(topic(people.plan())).item("name").equals(people.rows()))
                    .isTrue();
        });
        TopicView topic = committed(topic(people.plan()));
        HashSet<String> keys = new HashSet<>();
        assertThat(topic.records().stream()
                        .filter(r -> !SubjectKey.isMarker(r.key()))
                        .filter(r -> !keys.add(Arrays.toString(r.key())))
                        .count())
                .as("rows that came twice")
                .isZero();
        worker.delete(connector);
    }
}
