package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Ver;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.ops.system.Commands.Said;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Stages of a running exchange lose their state by order, and find it in their sources. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NOBODY = "110101199003070013";

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Commands commands;
    private static Map<String, Map<String, byte[]>> before;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 400);
        Path catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        CatalogueCopies.copy(
                Path.of("src/test/resources/themes"), Files.createDirectories(catalogue.resolve("themes")));
        whole.collect(catalogue);
        whole.settle();
        commands = new Commands(whole);
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void whatWouldBeDeletedIsSaidFirstAndAStageThatCannotBeRebuiltIsNamed() {
        // When
        Said asked = commands.run("reset", "reconcile");
        Said wrong = commands.run("reset", "release", "--yes");
        // Then
        assertThat(asked.exit()).isOne();
        assertThat(asked.out()).contains("tongdao-reconcile-subjects-person-changelog", "group tongdao-reconcile");
        assertThat(asked.err()).contains("nothing was deleted", "./tongdao reset reconcile --yes");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("'release'", "reconcile, compose");
        assertThat(whole.exchange().rebuilding().all()).isEmpty();
    }

    @Test
    @Order(2)
    void theSameSourcesChangeNothing() throws Exception {
        // Given
        before = content();
        Map<String, Long> sizes = sizes();
        // When
        String said = commands.tongdao("reset", "reconcile", "--yes", "--wait", "60", "--reason", "test");
        commands.tongdao("reset", "compose", "--yes", "--wait", "60");
        whole.settle();
        // Then
        assertThat(said).contains("it is as its sources say");
        assertThat(before.get("base.population")).hasSizeGreaterThan(300);
        assertThat(before.get("flag.discrepancy")).isNotEmpty();
        assertThat(before.get("theme.credit.employees")).isNotEmpty();
        assertSame(content(), before);
        assertThat(sizes()).as("no record is written again").isEqualTo(sizes);
        assertThat(commands.tongdao("status")).contains("rebuilt from their sources", "reconcile", "done");
    }

    @Test
    @Order(3)
    void whatTheSourcesDoNotSayGoesAndWhatIsChangedMeanwhileComes() throws Exception {
        // Given
        BasePlan population = whole.exchange().plan().bases().get("population");
        String somebody = before.get("base.population").keySet().iterator().next();
        String other = before.get("base.population").keySet().stream()
                .skip(1)
                .findFirst()
                .orElseThrow();
        String moved = before.get("base.population").keySet().stream()
                .skip(200)
                .filter(key -> key.length() == 18)
                .findFirst()
                .orElseThrow();
        byte[] wrong = before.get("base.population").get(other);
        write(population.topic().name(), NOBODY, wrong);
        write(population.topic().name(), somebody, wrong);
        // When
        commands.tongdao("reset", "reconcile", "--yes");
        await().atMost(LIMIT)
                .until(() -> !whole.exchange()
                        .rebuilding()
                        .all()
                        .get("reconcile")
                        .phase()
                        .name()
                        .equals("DONE"));
        whole.commit(AgencyTable.HOUSEHOLD, "UPDATE czrk_jbxx SET hjdz = '新迁路1号' WHERE gmsfhm = '" + moved + "'");
        await().atMost(LIMIT)
                .until(() -> whole.exchange()
                        .rebuilding()
                        .all()
                        .get("reconcile")
                        .phase()
                        .name()
                        .equals("DONE"));
        whole.settle();
        // Then
        Map<String, byte[]> golden = content().get("base.population");
        Map<String, byte[]> expected = new TreeMap<>(before.get("base.population"));
        assertThat(golden.keySet()).isEqualTo(expected.keySet());
        assertThat(new String(golden.remove(moved), StandardCharsets.UTF_8)).contains("新迁路1号");
        expected.remove(moved);
        golden.forEach((key, value) ->
                assertThat(Arrays.equals(value, expected.get(key))).isTrue());
    }

    /** As a fault would: what no source says. */
    private static void write(String topic, String key, byte[] value) throws Exception {
        Map<String, Object> settings = new HashMap<>(whole.parts().broker().adminSettings());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var headers = new RecordHeaders().add(Lineage.VER, new Ver(1, 99).bytes());
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            int partition = io.tongdao.contract.identity.SubjectKey.partition(
                    name, producer.partitionsFor(topic).size());
            producer.send(new ProducerRecord<>(topic, partition, name, value, headers))
                    .get();
        }
    }

    private static List<String> topics() {
        List<String> topics = new ArrayList<>();
        whole.exchange()
                .plan()
                .bases()
                .values()
                .forEach(base -> topics.add(base.topic().name()));
        whole.exchange()
                .plan()
                .themes()
                .values()
                .forEach(theme -> topics.add(theme.topic().name()));
        topics.addAll(List.of(Names.DISCREPANCIES, Names.REVIEWS));
        return topics;
    }

    private static Map<String, Map<String, byte[]>> content() {
        return topics().stream()
                .collect(Collectors.toMap(
                        topic -> topic,
                        topic -> TopicContent.read(whole.parts().broker().adminSettings(), topic)));
    }

    private static void assertSame(Map<String, Map<String, byte[]>> one, Map<String, Map<String, byte[]>> other) {
        assertThat(one.keySet()).isEqualTo(other.keySet());
        one.forEach((topic, rows) -> {
            assertThat(rows.keySet()).as(topic).isEqualTo(other.get(topic).keySet());
            rows.forEach((key, value) -> assertThat(
                            Arrays.equals(value, other.get(topic).get(key)))
                    .as(topic)
                    .isTrue());
        });
    }

    /** Records of each topic, without what ends transactions. */
    private static Map<String, Long> sizes() throws Exception {
        Map<String, Long> sizes = new TreeMap<>();
        List<String> topics = topics();
        RawTopics.each(whole.parts().broker().adminSettings(), record -> {
            if (topics.contains(record.topic())) {
                sizes.merge(record.topic(), 1L, Long::sum);
            }
        });
        return sizes;
    }
}
