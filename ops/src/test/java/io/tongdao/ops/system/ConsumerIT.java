package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.province.AgencyTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a consumer with stock clients can and can't do on the whole exchange, in the order of a grant's life. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsumerIT {
    private static final String ID = "yb-enrolment";
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int HALF_A_HUNDRED_MB = 50 << 20;
    /** How long a consumer whose fetch is held is watched after its cut, in seconds; 65 lets the longest hold run out. */
    private static final int WATCHED = Integer.getInteger("held.watched", 12);

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Grant grant;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 400);
        whole.collect(WholeExchange.CATALOGUE);
        whole.open("wuhua-return");
        grant = whole.open(ID);
        whole.settle();
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void readsItsTopicThroughTheRegistry() {
        // When
        Map<String, GenericRecord> copy = read(grant.topic());
        // Then
        assertThat(copy.keySet()).isNotEmpty().isEqualTo(table());
        assertThat(copy.values()).allSatisfy(person -> {
            assertThat(person.getSchema().getFields())
                    .extracting(field -> field.name())
                    .doesNotContain("citizen_id", "hukou_address");
            assertThat(person.get("enrol_status")).hasToString("1");
            assertThat(String.valueOf(person.get("full_name"))).contains("*");
            assertThat(person.getSchema().getObjectProp("tongdao.level")).isEqualTo(3);
        });
        assertThat(whole.exchange().lake().table(grant.lakeTable()).properties())
                .containsEntry("tongdao.level", "3")
                .containsEntry("tongdao.mask", "birth_date=year,full_name=surname,mobile=phone3_4");
    }

    @Test
    @Order(2)
    void isRefusedEveryOtherTopic() throws Exception {
        // Given
        Set<String> others;
        try (Admin admin = whole.admin()) {
            others = new TreeSet<>(
                    admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                            .names()
                            .get());
        }
        others.remove(grant.topic());
        assertThat(others)
                .contains(
                        "src.ga.household_population",
                        "base.population",
                        "flag.reject",
                        "ctl.grant",
                        "return.530102.wuhua-return.e1");
        // When
        Set<String> open = new TreeSet<>();
        for (String topic : others) {
            try (var consumer = consumer(Map.of())) {
                consumer.assign(List.of(new TopicPartition(topic, 0)));
                consumer.poll(ANSWER);
                open.add(topic);
            } catch (TopicAuthorizationException e) {
                assertThat(e.unauthorizedTopics()).containsExactly(topic);
            }
        }
        // Then
        assertThat(open).isEmpty();
    }

    @Test
    @Order(3)
    void writesNowhere() {
        // Given
        Map<String, Object> settings = client();
        settings.put("max.block.ms", ANSWER.toMillis());
        settings.put("enable.idempotence", false);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String topic : List.of(grant.topic(), "base.population", "ctl.grant", "flag.reject")) {
                // When / Then
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, 0, new byte[1], new byte[1]))
                                .get())
                        .as(topic)
                        .hasCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    @Test
    @Order(4)
    void seesNoOtherTopicsNorGroups() throws Exception {
        // Given
        String others = "tongdao-reconcile";
        try (Admin admin = whole.admin()) {
            assertThat(groups(admin)).contains(others);
        }
        try (Admin admin = Admin.create(client())) {
            // When / Then
            assertThat(admin.listTopics().names().get()).containsExactly(grant.topic());
            assertThat(groups(admin)).allMatch(group -> group.startsWith(grant.principal()));
            assertRefused(
                    () -> admin.describeConsumerGroups(List.of(others)).all().get());
            assertRefused(() -> admin.listConsumerGroupOffsets(others).all().get());
            assertRefused(() -> admin.describeAcls(org.apache.kafka.common.acl.AclBindingFilter.ANY)
                    .values()
                    .get());
        }
        try (var consumer = consumer(Map.of("group.id", "tongdao-reconcile"))) {
            consumer.subscribe(List.of(grant.topic()));
            assertThatThrownBy(() -> consumer.poll(ANSWER)).isInstanceOf(GroupAuthorizationException.class);
        }
    }

    @Test
    @Order(5)
    void getsNothingMoreTwoSecondsAfterSuspensionHoweverLongItsFetchIsHeld() throws Exception {
        // Given
        try (var plain = new Reading(consumer(Map.of("group.id", grant.principal() + ".plain")));
                var held = new Reading(consumer(held(5_000)));
                var heldLong = new Reading(consumer(held(60_000)))) {
            await().atMost(ANSWER).until(() -> !plain.arrivals.isEmpty());
            change("18600000001");
            // When
            whole.exchange().desk().suspend(ID, "test", "an order");
            Instant cut = Instant.now();
            for (int second = 0; second < WATCHED; second++) {
                change("186000001" + "%02d".formatted(second));
                Thread.sleep(1_000);
            }
            // Then
            assertThat(plain.arrivals).noneMatch(at -> at.isAfter(cut.plusSeconds(2)));
            assertThat(held.arrivals).noneMatch(at -> at.isAfter(cut.plusSeconds(2)));
            assertThat(heldLong.arrivals).noneMatch(at -> at.isAfter(cut.plusSeconds(2)));
        }
        assertThat(whole.exchange().desk().awaitCut(ID, ANSWER)).isTrue();
        try (Admin admin = whole.admin()) {
            assertThat(admin.listTopics().names().get()).doesNotContain(grant.topic());
        }
    }

    @Test
    @Order(6)
    void readsTheNewEpochsTopicOnceResumed() throws Exception {
        // When
        whole.exchange().desk().resume(ID, "test");
        assertThat(whole.exchange().desk().awaitFlow(ID, WholeExchange.LIMIT)).isTrue();
        Grant resumed = whole.exchange().desk().list().get(ID);
        whole.settle();
        // Then
        assertThat(resumed.topic()).isEqualTo("share.yb.yb-enrolment.e2");
        assertThat(read(resumed.topic()).keySet()).isNotEmpty().isEqualTo(table());
    }

    @Test
    @Order(7)
    void isInTheLedgerWithWhatItReceivedAndNobodyReadsMoreOfItThanHeMay() throws Exception {
        // Given
        Commands commands = new Commands(whole);
        String resident = whole.lake("select _key from return_530102.wuhua_return order by 1 limit 1")
                .getFirst()
                .getFirst();
        List<ConsumerRecord<byte[], byte[]>> returned = committed("return.530102.wuhua-return.e1");
        // When
        Commands.Said own =
                commands.typed(resident, "ledger", "--as", "subject", "--subject", "--reason", "本人查询", "--by", "窗口一");
        Commands.Said ofCase = commands.typed(
                resident,
                "ledger",
                "--as",
                "authority",
                "--subject",
                "--case",
                "云数2026-9",
                "--reason",
                "投诉核查",
                "--format",
                "json");
        // Then
        assertThat(own.out())
                .contains("以 subject 身份，经办 窗口一，事由 本人查询", "五华区", "(kunming-wuhua)  回流 return", "原标识 clear")
                .contains("姓名 full_name（原值）", "授权 grant wuhua-return 第 1 期 epoch 1")
                .doesNotContain(resident);
        long times = returned.stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(resident))
                .count();
        assertThat(ofCase.out())
                .containsPattern(
                        "\"grant_id\":\"wuhua-return\",\"epoch\":1,.*\"records\":" + times + ",\"tombstones\":0")
                .doesNotContain(resident);
        long released = returned.stream()
                .filter(record -> !SubjectKey.isMarker(record.key()))
                .count();
        await().atMost(Duration.ofSeconds(75))
                .untilAsserted(() -> assertThat(
                                commands.tongdao("ledger", "--as", "ga", "--reason", "例行核对", "--format", "json")
                                        .lines()
                                        .filter(line -> line.contains("wuhua-return"))
                                        .mapToLong(ConsumerIT::counted)
                                        .sum())
                        .isEqualTo(released));
        await().atMost(Duration.ofSeconds(75))
                .untilAsserted(() -> assertThat(commands.tongdao("ledger", "--as", "ga", "--reason", "例行核对"))
                        .contains("云南省医疗保障局 (yb)  共享 share", "授权 grant yb-enrolment 第 1 期", "姓名 full_name（留姓）"));
        assertThat(commands.tongdao("ledger", "--as", "yb", "--reason", "例行核对")).contains("提供了多少 what was released  0");
        assertThat(commands.typed(resident, "ledger", "--as", "ga", "--subject", "--reason", "看看")
                        .err())
                .contains("提供单位查看数量，不查看主体");
        assertThat(commands.typed(resident, "ledger", "--as", "authority", "--subject", "--reason", "看看")
                        .err())
                .contains("须有案号");
        assertThat(commands.tongdao("access", "--as", "authority"))
                .contains("提供留痕 ledger  事由 本人查询", "subject  经办 窗口一", "未予查看 case_missing")
                .doesNotContain(resident);
        assertThat(commands.run("query", "select * from audit.release", "--as", "ga")
                        .err())
                .contains("no table audit.release");
        assertThat(commands.run(
                                "key",
                                "destroy",
                                "tongdao",
                                "release-ledger",
                                "--key-version",
                                "1",
                                "--by",
                                "t",
                                "--reason",
                                "r")
                        .err())
                .contains("the release ledger (留痕) has one key for good");
    }

    /** As its super user reads a topic. */
    private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        Map<String, Object> settings = new HashMap<>(whole.parts().broker().adminSettings());
        settings.putAll(Map.of("isolation.level", "read_committed", "enable.auto.commit", false));
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition part = new TopicPartition(topic, 0);
            consumer.assign(List.of(part));
            consumer.seekToBeginning(List.of(part));
            long end = consumer.endOffsets(List.of(part)).get(part);
            while (consumer.position(part) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    private static long counted(String line) {
        Matcher counts =
                Pattern.compile("\"records\":(\\d+),\"tombstones\":(\\d+)").matcher(line);
        assertThat(counts.find()).isTrue();
        return Long.parseLong(counts.group(1)) + Long.parseLong(counts.group(2));
    }

    @Test
    @Order(8)
    void hasOtherTokensInANewEpochWhenItsKeyIsRotatedAndThroughARestart() throws Exception {
        // Given
        Commands commands = new Commands(whole);
        Set<String> before = table();
        // When
        String said = commands.tongdao(
                "key", "rotate", grant.consumer(), grant.purpose(), "--by", "test", "--reason", "a laptop was lost");
        assertThat(whole.exchange().desk().awaitFlow(ID, WholeExchange.LIMIT)).isTrue();
        whole.settle();
        Set<String> after = read("share.yb.yb-enrolment.e3").keySet();
        whole.stopStages();
        whole.run(WholeExchange.CATALOGUE);
        whole.assertEqualToDatabases();
        // Then
        assertThat(said).contains("t2 of yb for " + grant.purpose(), "epoch 3, topic share.yb.yb-enrolment.e3");
        assertThat(before).allMatch(key -> key.startsWith("t1:"));
        assertThat(after).hasSameSizeAs(before).allMatch(key -> key.startsWith("t2:"));
        assertThat(table()).isEqualTo(after);
        assertThat(commands.tongdao("key", "list"))
                .containsPattern("yb +" + grant.purpose() + " +t1 +live .*no grant; provisioner, the first grant")
                .containsPattern("yb +" + grant.purpose() + " +t2 +live .*" + ID + "; test, a laptop was lost");
        assertThat(whole.exchange().desk().list().get(ID).last().reason()).isEqualTo("resumed");
    }

    @Test
    @Order(9)
    void doesNotStartWithoutTheKeysThatGrantsHave() throws Exception {
        // Given
        Commands commands = new Commands(whole);
        Path store = whole.data().secrets().resolve("token-keys.p12");
        byte[] newest = Files.readAllBytes(store);
        commands.tongdao("key", "rotate", grant.consumer(), grant.purpose(), "--by", "test", "--reason", "again");
        assertThat(whole.exchange().desk().awaitFlow(ID, WholeExchange.LIMIT)).isTrue();
        whole.stopStages();
        // When / Then
        Files.write(store, newest);
        assertThatThrownBy(() -> whole.run(WholeExchange.CATALOGUE))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(
                        "grant " + ID + " is released with a key that is not in the key store (no key t3 of")
                .message()
                .hasLineCount(1);
        Files.delete(store);
        assertThatThrownBy(() -> whole.run(WholeExchange.CATALOGUE))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("the keys of tokens can't be read from " + store)
                .message()
                .hasLineCount(1);
        assertThat(store).doesNotExist();
    }

    /** Everyone's mobile number at once: what a consumer would get if it weren't cut. */
    private static void change(String mobile) throws Exception {
        whole.commit(AgencyTable.INSURANCE, "UPDATE cbdj_xx SET sjhm = '" + mobile + "'");
    }

    private static Set<String> table() {
        return new TreeSet<>(whole.lake("select _key from " + grant.lakeTable()).stream()
                .map(List::getFirst)
                .toList());
    }

    private static Map<String, Object> held(int milliseconds) {
        return Map.of(
                "group.id",
                grant.principal() + ".held",
                "fetch.max.wait.ms",
                milliseconds,
                "fetch.min.bytes",
                HALF_A_HUNDRED_MB,
                "fetch.max.bytes",
                2 * HALF_A_HUNDRED_MB,
                "max.partition.fetch.bytes",
                2 * HALF_A_HUNDRED_MB,
                "request.timeout.ms",
                90_000,
                "default.api.timeout.ms",
                100_000);
    }

    private static Map<String, GenericRecord> read(String topic) {
        Map<String, GenericRecord> copy = new TreeMap<>();
        try (var consumer = consumer(Map.of())) {
            List<TopicPartition> parts = consumer.partitionsFor(topic).stream()
                    .map(part -> new TopicPartition(topic, part.partition()))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (!parts.stream().allMatch(part -> consumer.position(part) >= ends.get(part))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> take(record, copy));
            }
        }
        return copy;
    }

    private static void take(ConsumerRecord<byte[], Object> record, Map<String, GenericRecord> copy) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            copy.remove(key);
        } else if (!SubjectKey.isMarker(record.key())) {
            copy.put(key, (GenericRecord) record.value());
        }
    }

    private static KafkaConsumer<byte[], Object> consumer(Map<String, Object> settings) {
        Map<String, Object> all = client();
        all.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "group.id", grant.principal()));
        all.put("enable.auto.commit", false);
        all.put("key.deserializer", ByteArrayDeserializer.class);
        all.put("value.deserializer", KafkaAvroDeserializer.class);
        all.put("schema.registry.url", whole.parts().registry().url());
        all.putAll(settings);
        return new KafkaConsumer<>(all);
    }

    private static Map<String, Object> client() {
        return new HashMap<>(whole.exchange().client(grant.principal()));
    }

    private static List<String> groups(Admin admin) throws Exception {
        return admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .toList();
    }

    private interface Asking {
        void ask() throws Exception;
    }

    private static void assertRefused(Asking asking) {
        assertThatThrownBy(asking::ask)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AuthorizationException.class);
    }

    /** A consumer on a thread of its own, which goes on after a refusal as an insistent one would. */
    private static final class Reading implements AutoCloseable {
        private final List<Instant> arrivals = new CopyOnWriteArrayList<>();
        private final KafkaConsumer<byte[], Object> consumer;
        private final Thread thread;
        private volatile boolean closing;

        Reading(KafkaConsumer<byte[], Object> consumer) {
            this.consumer = consumer;
            this.thread = Thread.ofPlatform().start(this::read);
        }

        private void read() {
            consumer.assign(List.of(new TopicPartition(grant.topic(), 0)));
            while (!closing) {
                try {
                    consumer.poll(Duration.ofMillis(200)).forEach(record -> arrivals.add(Instant.now()));
                } catch (AuthorizationException e) {
                    assertThat(e).isInstanceOf(TopicAuthorizationException.class);
                }
            }
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
        }

        @Override
        public void close() throws InterruptedException {
            closing = true;
            thread.join();
        }
    }
}
