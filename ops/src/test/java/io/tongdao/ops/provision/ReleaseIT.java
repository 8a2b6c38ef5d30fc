package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.Mask;
import io.tongdao.ops.keys.KeyDesk;
import io.tongdao.ops.keys.KeyRefused;
import io.tongdao.release.TokenKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of two grants on a secured broker, in order: each test goes on where the one before left off. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseIT {
    private static final int PEOPLE = 3_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** How long a fetch may be held: {@code -Dheld=60000} for the bar itself. */
    /** Of an answer that the broker gave before. */
    private static final int ON_ITS_WAY = 500;

    private static final int HELD = Integer.getInteger("held", 6_000);

    @TempDir
    static Path dir;

    private static ReleaseRoom room;

    @BeforeAll
    static void start() {
        room = new ReleaseRoom(dir.resolve("data"));
        room.people(PEOPLE, "1");
        await().atMost(LIMIT).until(room::settled);
    }

    @AfterAll
    static void stop() {
        room.close();
        assertThat(room.failures).isEmpty();
    }

    @Test
    @Order(1)
    void servesAnApprovedGrantAndNobodyElse() throws Exception {
        // Given
        room.approved("yb-enrolment");
        // When
        boolean flows = room.desk.awaitFlow("yb-enrolment", LIMIT);
        // Then
        assertThat(flows).isTrue();
        Map<String, byte[]> copy = read("agency-yb", "share.yb.yb-enrolment.e1");
        assertThat(copy).hasSize(PEOPLE);
        assertThat(copy.keySet()).allMatch(key -> key.startsWith("t1:"));
        assertThat(room.desk.list().get("yb-enrolment").status()).isEqualTo(Status.ACTIVE);
        assertThat(rates()).isEqualTo(Map.of(Quotas.user("agency-yb"), 10_485_760.0));
    }

    @Test
    @Order(2)
    void returnsToACountyItsOwnPeopleInClear() {
        // Given
        room.approved("wuhua-return");
        // When
        boolean flows = room.desk.awaitFlow("wuhua-return", LIMIT);
        // Then
        assertThat(flows).isTrue();
        assertThat(read("agency-kunming-wuhua", "return.530102.wuhua-return.e1").keySet())
                .hasSize(PEOPLE / 2)
                .contains(ReleaseRoom.id(0))
                .doesNotContain(ReleaseRoom.id(1));
    }

    @Test
    @Order(3)
    void refusesEveryOtherTopicAndGroup() throws Exception {
        // Given
        Set<String> topics;
        try (Admin admin = Admin.create(room.broker.adminSettings())) {
            topics = new HashSet<>(admin.listTopics().names().get());
        }
        topics.remove("share.yb.yb-enrolment.e1");
        assertThat(topics).contains("base.population", "return.530102.wuhua-return.e1", "ctl.grant");
        // When / Then
        for (String topic : topics) {
            try (var consumer = room.consumer("agency-yb", Map.of())) {
                consumer.assign(List.of(new org.apache.kafka.common.TopicPartition(topic, 0)));
                assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(5)))
                        .as(topic)
                        .isInstanceOf(AuthorizationException.class);
            }
        }
        try (var consumer = room.consumer("agency-yb", Map.of("group.id", "agency-yb2"))) {
            consumer.subscribe(List.of("share.yb.yb-enrolment.e1"));
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(5)))
                    .isInstanceOf(GroupAuthorizationException.class);
        }
        try (Admin consumer = Admin.create(room.client("agency-yb"))) {
            assertThat(consumer.listTopics().names().get()).containsExactly("share.yb.yb-enrolment.e1");
        }
    }

    @Test
    @Order(4)
    void cutsAConsumerWhoseFetchIsHeld() throws Exception {
        // Given
        var settings = Map.<String, Object>of(
                "fetch.max.wait.ms",
                HELD,
                "fetch.min.bytes",
                50 << 20,
                "fetch.max.bytes",
                100 << 20,
                "group.id",
                "agency-yb.held",
                "request.timeout.ms",
                HELD + 30_000,
                "max.partition.fetch.bytes",
                100 << 20,
                "default.api.timeout.ms",
                HELD + 40_000);
        try (KafkaConsumer<byte[], byte[]> held = room.consumer("agency-yb", settings)) {
            held.subscribe(List.of("share.yb.yb-enrolment.e1"));
            await().atMost(LIMIT)
                    .until(() -> held.poll(Duration.ofMillis(100)).count() >= 0
                            && !held.assignment().isEmpty());
            // When
            Instant asked = Instant.now();
            CompletableFuture<Duration> cut = CompletableFuture.supplyAsync(ReleaseIT::suspendUnderLoad);
            Instant last = Instant.MIN;
            while (Instant.now().isBefore(asked.plusMillis(HELD + 6_000L))) {
                last = polled(held) > 0 ? Instant.now() : last;
            }
            // Then: how fast it is cut, ConsumerIT and the demo say; here that acknowledged means cut
            System.out.printf(
                    "from the command to the acknowledged cut: %d ms%n",
                    cut.get().toMillis());
            assertThat(last).isBefore(asked.plus(cut.get()).plusMillis(ON_ITS_WAY));
        }
        assertThat(names()).noneMatch(topic -> topic.startsWith("share."));
    }

    @Test
    @Order(5)
    void fillsANewEpochWhenResumed() {
        // Given
        room.people(10, "2");
        await().atMost(LIMIT).until(room::settled);
        // When
        room.desk.resume("yb-enrolment", "test");
        boolean flows = room.desk.awaitFlow("yb-enrolment", LIMIT);
        // Then
        assertThat(flows).isTrue();
        assertThat(read("agency-yb", "share.yb.yb-enrolment.e2")).hasSize(PEOPLE - 10);
    }

    @Test
    @Order(6)
    void repairsWhatHappenedWhileTheProvisionerWasAway() throws Exception {
        // Given
        room.stopProvisioner();
        room.desk.suspend("yb-enrolment", "test", "an order");
        try (Admin admin = Admin.create(room.broker.adminSettings())) {
            admin.createAcls(Right.topic("base.population", AclOperation.READ).bindings("agency-yb"))
                    .all()
                    .get();
            admin.deleteAcls(Right.topic("base.population", AclOperation.READ).bindings(Principals.STORE).stream()
                            .map(AclBinding::toFilter)
                            .toList())
                    .all()
                    .get();
        }
        // When
        room.startProvisioner();
        boolean cut = room.desk.awaitCut("yb-enrolment", LIMIT);
        // Then
        assertThat(cut).isTrue();
        assertThat(names()).noneMatch(topic -> topic.startsWith("share.")).contains("return.530102.wuhua-return.e1");
        try (var consumer = room.consumer("agency-yb", Map.of())) {
            consumer.assign(List.of(new org.apache.kafka.common.TopicPartition("base.population", 0)));
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(5)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
        try (var store = room.consumer(Principals.STORE, Map.of())) {
            store.assign(List.of(new org.apache.kafka.common.TopicPartition("base.population", 0)));
            store.seekToBeginning(store.assignment());
            await().atMost(LIMIT).until(() -> store.poll(Duration.ofMillis(200)).count() > 0);
        }
    }

    @Test
    @Order(7)
    void cutsWithTheStageDownAndAcknowledgesWhenItIsBack() throws Exception {
        // Given
        room.desk.resume("yb-enrolment", "test");
        assertThat(room.desk.awaitFlow("yb-enrolment", LIMIT)).isTrue();
        room.stopStage();
        // When
        room.desk.suspend("yb-enrolment", "test", "an order");
        // Then
        assertThat(room.desk.awaitCut("yb-enrolment", Duration.ofSeconds(3))).isFalse();
        try (Admin admin = Admin.create(room.broker.adminSettings())) {
            var part = new org.apache.kafka.common.TopicPartition("share.yb.yb-enrolment.e3", 0);
            var latest = admin.listOffsets(Map.of(part, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                    .all()
                    .get();
            var earliest = admin.listOffsets(Map.of(part, org.apache.kafka.clients.admin.OffsetSpec.earliest()))
                    .all()
                    .get();
            assertThat(earliest.get(part).offset()).isEqualTo(latest.get(part).offset());
        }
        room.startStage();
        assertThat(room.desk.awaitCut("yb-enrolment", LIMIT)).isTrue();
    }

    @Test
    @Order(8)
    void aRotatedKeyHoldsForNewEpochsAndThroughARestart() {
        // Given
        room.desk.resume("yb-enrolment", "test");
        assertThat(room.desk.awaitFlow("yb-enrolment", LIMIT)).isTrue();
        Set<String> former = read("agency-yb", "share.yb.yb-enrolment.e4").keySet();
        KeyDesk keys = new KeyDesk(room.tokens, room.desk);
        TokenKey first = new TokenKey("yb", "medical_insurance", 1);
        // When
        KeyDesk.Rotation rotation = keys.rotate("yb", "medical_insurance", "test", "a year is over");
        assertThat(room.desk.awaitFlow("yb-enrolment", LIMIT)).isTrue();
        room.stopStage();
        room.stopProvisioner();
        room.startProvisioner();
        room.startStage();
        room.people(10, "1");
        await().atMost(LIMIT).until(room::settled);
        // Then
        assertThat(rotation.renewed()).extracting(Grant::topic).containsExactly("share.yb.yb-enrolment.e5");
        assertThat(room.desk.list().get("wuhua-return").epoch()).isEqualTo(1);
        assertThat(former).isNotEmpty().allMatch(key -> key.startsWith("t1:"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                read("agency-yb", "share.yb.yb-enrolment.e5").keySet())
                        .hasSizeGreaterThan(former.size())
                        .allMatch(key -> key.startsWith("t2:")));
        assertThatThrownBy(() -> keys.destroy(rotation.made().key(), "test", "in use"))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("in use by yb-enrolment");
        assertThat(keys.destroy(first, "test", "nobody has it").live()).isFalse();
        assertThat(keys.inUse().of(rotation.made().key())).containsExactly("yb-enrolment");
        room.desk.suspend("yb-enrolment", "test", "an order");
        assertThat(room.desk.awaitCut("yb-enrolment", LIMIT)).isTrue();
    }

    @Test
    @Order(9)
    void refusesStepsThatAGrantDoesNotHave() {
        assertThatThrownBy(() -> room.desk.suspend("yb-enrolment", "test", "again"))
                .isInstanceOf(GrantRefused.class)
                .hasMessageContaining("possible: active, expired, ended");
        assertThatThrownBy(() -> room.desk.end("nothing", "test", "")).isInstanceOf(GrantRefused.class);
    }

    @Test
    @Order(10)
    void refusesWhatWasWrittenPastTheDesk() {
        // Given
        Grant real = room.desk.list().get("wuhua-return");
        Map<String, Mask> more = new TreeMap<>(real.items());
        more.put("mobile", Mask.KEEP);
        // When
        room.smuggle(real.narrowedTo(more));
        // Then
        await().atMost(LIMIT).until(() -> room.desk.list().get("wuhua-return").equals(real));
        assertThat(room.desk.awaitFlow("wuhua-return", Duration.ofSeconds(1))).isTrue();
    }

    @Test
    @Order(11)
    void waitsForItsPapersAndFlowsAsFastAsItSays() throws Exception {
        // Given
        String whole = Files.readString(ReleaseRoom.CATALOGUE.resolve("grants/yb-enrolment.yaml"))
                .replace("grant: yb-enrolment", "grant: yb-late\nbytes_per_second: 4096");
        Path file = Files.writeString(dir.resolve("late.yaml"), whole.replaceAll("(purpose|until):[^\n]*", ""));
        Grant incomplete = room.desk.file(file, "test");
        assertThat(incomplete.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(room.desk.findings(incomplete).missing()).hasSize(2);
        assertThatThrownBy(() -> room.desk.approve("yb-late", "ga", "test"))
                .isInstanceOf(GrantRefused.class)
                .hasMessageContaining("is incomplete");
        // When
        room.approved(Files.writeString(file, whole));
        // Then
        assertThat(room.desk.awaitFlow("yb-late", LIMIT)).isTrue();
        assertThat(rates()).containsEntry(Quotas.user("agency-yb"), 4096.0);
    }

    @Test
    @Order(12)
    void putsRatesRightThatWereChangedByHand() throws Exception {
        // Given
        Map<ClientQuotaEntity, Double> right = rates();
        ClientQuotaEntity fast =
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "agency-yb", ClientQuotaEntity.CLIENT_ID, "fast"));
        // When
        try (Admin admin = Admin.create(room.broker.adminSettings())) {
            admin.alterClientQuotas(List.of(
                            rate(Quotas.user("agency-yb"), null),
                            rate(fast, 9e9),
                            rate(Quotas.user("agency-mz"), 9e9),
                            rate(Quotas.user("somebody"), 9e9)))
                    .all()
                    .get();
        }
        // Then
        Map<ClientQuotaEntity, Double> others = Map.of(Quotas.user("somebody"), 9e9);
        await().atMost(LIMIT).until(() -> {
            Map<ClientQuotaEntity, Double> rates = rates();
            return rates.entrySet().containsAll(right.entrySet())
                    && rates.entrySet().containsAll(others.entrySet())
                    && rates.size() == right.size() + 1;
        });
    }

    @Test
    @Order(13)
    void isCutWhenItsApplicantWithdrawsIt() throws Exception {
        // Given
        assertThatThrownBy(() -> room.desk.withdraw("yb-late", "mz", "test", "not mine"))
                .isInstanceOf(GrantRefused.class)
                .hasMessageContaining("yb's");
        // When
        room.desk.withdraw("yb-late", "yb", "test", "no longer needed");
        // Then
        assertThat(room.desk.awaitCut("yb-late", LIMIT)).isTrue();
        assertThat(names()).noneMatch(topic -> topic.startsWith("share."));
        await().atMost(LIMIT).until(() -> !rates().containsKey(Quotas.user("agency-yb")));
        assertThat(room.desk.list().get("yb-late").steps())
                .extracting(step -> step.status())
                .startsWith(Status.INCOMPLETE, Status.FILED)
                .endsWith(Status.APPROVED, Status.ACTIVE, Status.WITHDRAWN);
    }

    @Test
    @Order(14)
    void expiresByItself() throws Exception {
        // Given
        assertThat(names()).contains("return.530102.wuhua-return.e1");
        // When
        room.later(Duration.ofDays(366 * 4));
        // Then
        assertThat(room.desk.awaitCut("wuhua-return", LIMIT)).isTrue();
        assertThat(room.desk.list().get("wuhua-return").status()).isEqualTo(Status.EXPIRED);
        assertThat(room.desk.list().get("yb-enrolment").status()).isEqualTo(Status.EXPIRED);
        assertThat(names()).noneMatch(topic -> topic.startsWith("return."));
    }

    private static Duration suspendUnderLoad() {
        Instant began = Instant.now();
        room.desk.suspend("yb-enrolment", "test", "an order");
        room.people(500, "1");
        assertThat(room.desk.awaitCut("yb-enrolment", LIMIT)).isTrue();
        Duration taken = Duration.between(began, Instant.now());
        Instant decided = room.desk.list().get("yb-enrolment").last().at();
        System.out.printf(
                "from the decision to the cut: %d ms%n",
                Duration.between(decided, room.desk.cutAt("yb-enrolment").orElseThrow())
                        .toMillis());
        room.people(500, "1");
        return taken;
    }

    private static int polled(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            return consumer.poll(Duration.ofMillis(200)).count();
        } catch (AuthorizationException e) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(200).toNanos());
            return 0;
        }
    }

    private static ClientQuotaAlteration rate(ClientQuotaEntity entity, Double rate) {
        return new ClientQuotaAlteration(entity, List.of(new ClientQuotaAlteration.Op(Quotas.RATE, rate)));
    }

    private static Map<ClientQuotaEntity, Double> rates() throws Exception {
        Map<ClientQuotaEntity, Double> rates = new HashMap<>();
        try (Admin admin = Admin.create(room.broker.adminSettings())) {
            admin.describeClientQuotas(ClientQuotaFilter.all())
                    .entities()
                    .get()
                    .forEach((entity, quotas) -> rates.put(entity, quotas.get(Quotas.RATE)));
        }
        return rates;
    }

    private static Set<String> names() throws Exception {
        try (Admin admin = Admin.create(room.broker.adminSettings())) {
            return admin.listTopics().names().get();
        }
    }

    /** The current copy of a topic, markers left out; reads until each of its partitions has the markers of both source partitions. */
    private static Map<String, byte[]> read(String principal, String topic) {
        TreeMap<String, byte[]> copy = new TreeMap<>();
        Set<String> markers = new HashSet<>();
        int expected;
        try (var consumer = room.consumer(principal, Map.of())) {
            consumer.subscribe(List.of(topic));
            Instant limit = Instant.now().plus(LIMIT);
            expected = 2 * consumer.partitionsFor(topic).size();
            while (markers.size() < expected && Instant.now().isBefore(limit)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String key = new String(record.key(), java.nio.charset.StandardCharsets.UTF_8);
                    if (SubjectKey.isMarker(record.key())) {
                        markers.add(record.partition() + key);
                    } else if (record.value() == null) {
                        copy.remove(key);
                    } else {
                        copy.put(key, record.value());
                    }
                }
            }
        }
        assertThat(markers).hasSize(expected);
        return copy;
    }
}
