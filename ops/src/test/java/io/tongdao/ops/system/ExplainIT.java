package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.Access;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.embedded.BrokerAccess;
import io.tongdao.ops.exchange.EmbeddedKeys;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.explain.Answer;
import io.tongdao.ops.explain.ExplainDesk;
import io.tongdao.ops.explain.Question;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.provision.Passwords;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.ops.system.Commands.Said;
import io.tongdao.reconcile.rule.GoldenRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Officials have a golden record explained beside a running exchange: each sees what is his to see, and each look is on record. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplainIT {
    private static final String SUBJECT = Citizens.number("530102", 91_000);
    private static final String STRANGER = Citizens.number("530102", 92_000);
    private static final Markers NAMES =
            Markers.of("EXPLAINNAMEGA", "EXPLAINNAMEHRSS", "EXPLAINOLDPLACE", "EXPLAINNEWPLACE");
    private static final Markers IDENTIFIERS = Markers.of(SUBJECT, STRANGER);
    private static final List<String> WHY = List.of("--reason", "本人申请更正", "--by", "经办人甲");

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Commands commands;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
        commands = new Commands(whole);
        whole.collect(WholeExchange.CATALOGUE);
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "INSERT INTO czrk_jbxx (ryid, gmsfhm, xm, xb, mz, csrq, hjqh, hjdz, hh, yhzgx, jzzdz, hkzt) VALUES (990001, '"
                        + SUBJECT
                        + "', 'EXPLAINNAMEGA', '1', '01', '1901-04-08', '530102', 'EXPLAINOLDPLACE', 'HH1', '01', '某处', '10')");
        whole.commit(
                AgencyTable.INSURANCE,
                "INSERT INTO cbdj_xx (grsbbh, gmsfhm, xm, dwmc, xzlx, cbzt, sccbrq, jfjs, zjjfny, cbdqh, sjhm) VALUES ('N990001', '"
                        + SUBJECT
                        + "', 'EXPLAINNAMEHRSS', '某单位', '110', '1', '2010-01-01', 5000, '202601', '530103', '13355512077')");
        whole.settle();
        soon(() -> assertThat(asAuthority()).contains("【有疑义】"));
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void theAuthoritySeesEverythingForACase() {
        // When
        String told = asAuthority();

        // Then
        assertThat(told)
                .contains("留痕", "案号 云数2026-12", "经办 经办人甲", "本人申请更正")
                .contains("人口基础信息库", "姓名 full_name  EXPLAINNAMEGA  【有疑义】", "规则 数源部门")
                .containsPattern("其他 不一致  EXPLAINNAMEHRSS")
                .contains("云南省公安厅", "云南省人力资源和社会保障厅", "疑义 discrepancies  1", "EXPLAINOLDPLACE")
                .contains("性别代码 gender_code  1 男性");
        assertThat(told).doesNotContain("注意：");
    }

    @Test
    @Order(2)
    void aProviderSeesItsOwnAndNobodyElses() {
        // When
        String insurance = explain("hrss");
        String police = explain("ga");
        String civil = explain("mz");

        // Then
        assertThat(insurance)
                .contains("EXPLAINNAMEHRSS", "13355512077", "疑义 discrepancies  1", "ga.household_population");
        assertThat(insurance).doesNotContain("EXPLAINNAMEGA", "EXPLAINOLDPLACE");
        assertThat(police).contains("EXPLAINNAMEGA", "EXPLAINOLDPLACE", "疑义 discrepancies  0");
        assertThat(police).doesNotContain("EXPLAINNAMEHRSS", "hrss", "13355512077", "不一致");
        assertThat(civil).contains("0 行", "疑义 discrepancies  0");
        assertThat(NAMES.in(civil)).isEmpty();
        assertThat(civil).doesNotContain("ga.", "hrss");
    }

    @Test
    @Order(3)
    void whoMayNotAskIsToldWhyAndNothingElse() {
        // When
        List<Said> refused = List.of(
                ask("authority"),
                ask("nobody", "--case", "c-1"),
                ask("yb", "--case", "c-1"),
                ask("authority@530102", "--case", "c-1"),
                ask(SUBJECT, "--case", "c-1"),
                commands.run("explain", SUBJECT, "--as", "ga", "--reason", "查 " + STRANGER),
                commands.run("explain", SUBJECT + "9", "--as", "ga", "--reason", "核实"));

        // Then
        assertThat(refused).allMatch(said -> said.exit() != 0 && said.out().isEmpty());
        assertThat(refused).extracting(Said::err).allMatch(err -> err.startsWith("tongdao: 不予查看"));
        assertThat(IDENTIFIERS.and(NAMES).in(refused.toString())).isEmpty();
    }

    @Test
    @Order(4)
    void everyQuestionIsOnRecordAndNamesNobody() {
        // Given
        List<Access> before = accesses();

        // When
        explain("hrss");
        ask("nobody");

        // Then
        List<Access> added = accesses().subList(before.size(), before.size() + 2);
        assertThat(added).extracting(Access::who).containsExactly("hrss", "nobody");
        assertThat(added).extracting(Access::extent).containsExactly("own", "none");
        assertThat(added).extracting(Access::refused).containsExactly(null, "identity_unknown");
        assertThat(added).extracting(Access::by).containsOnly("经办人甲");
        assertThat(added).extracting(Access::subject).allMatch(token -> token.startsWith("t1:"));
        assertThat(added.get(0).subject()).isEqualTo(added.get(1).subject());
        assertThat(before)
                .extracting(Access::refused)
                .contains("case_missing", "identifier_in_text", "subject_invalid");
        assertThat(before)
                .filteredOn(one -> "whole".equals(one.extent()))
                .extracting(Access::caseNumber)
                .containsOnly("云数2026-12");
        assertThat(IDENTIFIERS.in(rawAccesses())).isEmpty();
    }

    @Test
    @Order(5)
    void whoAskedIsToldToThoseWhoMayKnow() {
        // Given
        explain("hrss");
        asAuthority();

        // When
        String authority = typed(SUBJECT, "access", "--as", "authority", "--subject");
        String stranger = typed(STRANGER, "access", "--as", "authority", "--subject");
        String refused = commands.tongdao("access", "--as", "authority", "--refused");
        String insurance = commands.tongdao("access", "--as", "hrss");
        Said nobody = commands.run("access", "--as", "nobody");

        // Then
        assertThat(authority).contains("全部 whole  案号 云数2026-12", "hrss  经办 经办人甲  本单位 own", "事由 本人申请更正");
        assertThat(stranger).isEqualToIgnoringNewLines("0");
        assertThat(refused).contains("未予查看 identity_unknown", "未予查看 case_missing");
        assertThat(refused).doesNotContain("全部", "本单位");
        assertThat(insurance).contains("hrss  经办 经办人甲").doesNotContain("authority", "  ga  ");
        assertThat(nobody.exit()).isNotZero();
        assertThat(nobody.err()).contains("没有这个身份");
        assertThat(IDENTIFIERS.and(NAMES).in(authority + refused + insurance)).isEmpty();
    }

    @Test
    @Order(6)
    void theIdentifierMayBeTypedWhenAsked() {
        // When
        String told = typed(SUBJECT, "explain", "--as", "hrss", "--reason", "核实");

        // Then
        assertThat(told).contains("EXPLAINNAMEHRSS");
    }

    @Test
    @Order(7)
    void aChangeIsToldWithWhatWasBefore() throws Exception {
        // When
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "UPDATE czrk_jbxx SET hjdz = 'EXPLAINNEWPLACE', xm = 'EXPLAINNAMEHRSS' WHERE gmsfhm = '" + SUBJECT
                        + "'");
        soon(() -> assertThat(asAuthority()).contains("EXPLAINOLDPLACE → EXPLAINNEWPLACE"));
        String authority = asAuthority();
        String police = explain("ga");
        String insurance = explain("hrss");

        // Then
        assertThat(authority).contains("EXPLAINNAMEGA → EXPLAINNAMEHRSS", "其他 一致", "疑义 discrepancies  0", "已结（agree");
        assertThat(police).contains("EXPLAINOLDPLACE → EXPLAINNEWPLACE");
        assertThat(insurance)
                .doesNotContain("EXPLAINNEWPLACE", "EXPLAINOLDPLACE", "EXPLAINNAMEGA")
                .contains("疑义 discrepancies  0");
    }

    @Test
    @Order(8)
    void whatIsExplainedIsWhatStandsInTheBaseDatabase() throws Exception {
        // Given
        whole.settle();
        Plan plan = plan();
        BasePlan population = plan.bases().get("population");
        Map<String, byte[]> base = TopicContent.read(
                whole.parts().broker().adminSettings(), population.topic().name());
        ExplainDesk desk = desk(plan);
        WireFormat.Reader reader = wire().reader(population.topic().schema());

        // When
        Map<String, Map<String, Object>> explained = new TreeMap<>();
        Map<String, Map<String, Object>> stands = new TreeMap<>();
        List<String> some = new ArrayList<>(new TreeSet<>(base.keySet()));
        for (String subject : some.subList(0, 20)) {
            Answer.Whole answer = (Answer.Whole) desk.ask(asked(subject));
            assertThat(answer.explanation().exact()).isTrue();
            explained.put(
                    subject, items(answer.explanation().records().getFirst().golden()));
            stands.put(subject, items(population, reader.decode(base.get(subject))));
        }

        // Then
        assertThat(explained).isEqualTo(stands);
    }

    @Test
    @Order(9)
    void sourcesAreToldHowTheyAgreeAndHowOldTheyAre() {
        // When
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(commands.tongdao("quality", "--agency", "hrss"))
                        .contains("跨源一致性"));
        String told = commands.tongdao("quality", "--agency", "hrss");

        // Then
        assertThat(told).contains("时效性", "更新周期", "最近变更").containsPattern("姓名 +population\\.full_name");
        assertThat(NAMES.in(told)).isEmpty();
    }

    @Test
    @Order(10)
    void itNeedsNoStage() throws Exception {
        // Given
        ExplainDesk desk = desk(plan());
        whole.stopStages();

        // When
        Answer.Whole answer = (Answer.Whole) desk.ask(asked(SUBJECT));

        // Then
        assertThat(answer.explanation()
                        .records()
                        .getFirst()
                        .golden()
                        .items()
                        .get("full_name")
                        .value())
                .isEqualTo("EXPLAINNAMEHRSS");
        assertThat(answer.explanation().exact()).isTrue();
    }

    @Test
    @Order(11)
    void noLogNamesWhoWasAskedFor() throws Exception {
        assertThat(IDENTIFIERS.and(NAMES).inFiles(whole.data().logs())).isEmpty();
        assertThat(IDENTIFIERS.and(NAMES).inFiles(whole.data().run())).isEmpty();
    }

    private static void soon(org.awaitility.core.ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(holds);
    }

    private static String asAuthority() {
        return explain("authority", "--case", "云数2026-12");
    }

    private static String explain(String who, String... more) {
        Said said = ask(who, more);
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out();
    }

    private static Said ask(String who, String... more) {
        List<String> arguments = new ArrayList<>(List.of("explain", SUBJECT, "--as", who));
        arguments.addAll(WHY);
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new));
    }

    /** Types a subject when asked for one. */
    private static String typed(String subject, String... command) {
        Said said = commands.typed(subject, command);
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out();
    }

    private static Question asked(String subject) {
        return new Question(subject, "authority", "经办人甲", "抽查", "云数2026-12");
    }

    private static Plan plan() {
        return PlanSource.compileToRead(WholeExchange.CATALOGUE);
    }

    private static WireFormat wire() {
        return new WireFormat(
                new CachedSchemaRegistryClient(whole.parts().registry().url(), 100));
    }

    private static ExplainDesk desk(Plan plan) {
        Map<String, Object> client = BrokerAccess.settings(
                whole.parts().broker().bootstrap(),
                Principals.EXPLAIN,
                Passwords.in(whole.data()).of(Principals.EXPLAIN));
        return new ExplainDesk(
                new ExplainDesk.Settings(
                        client,
                        plan,
                        wire(),
                        EmbeddedKeys.valueSets(whole.data()),
                        ExplainDesk.tokens(EmbeddedKeys.accesses(whole.data()))),
                InstantSource.system());
    }

    private static Map<String, Object> items(GoldenRecord golden) {
        Map<String, Object> items = new TreeMap<>();
        golden.items()
                .forEach((name, item) -> items.put(
                        name,
                        List.of(
                                item.value(),
                                item.dataset(),
                                item.rule().word(),
                                golden.disputed().contains(name))));
        return items;
    }

    private static Map<String, Object> items(BasePlan base, GenericRecord record) {
        Map<String, Object> items = new TreeMap<>();
        Map<?, ?> sources = (Map<?, ?>) record.get(BasePlan.SOURCES);
        List<?> disputed = (List<?>) record.get(BasePlan.DISPUTED);
        for (String name : base.items().keySet()) {
            if (record.get(name) != null) {
                GenericRecord source = (GenericRecord) sources.get(name);
                items.put(
                        name,
                        List.of(record.get(name), source.get("dataset"), source.get("rule"), disputed.contains(name)));
            }
        }
        return items;
    }

    private static List<Access> accesses() {
        List<Access> all = new ArrayList<>();
        read().forEach(value -> all.add(Access.FORMAT.decode(value)));
        return all;
    }

    private static String rawAccesses() {
        StringBuilder all = new StringBuilder();
        read().forEach(value -> all.append(new String(value, StandardCharsets.UTF_8)));
        return all.toString();
    }

    private static List<byte[]> read() {
        Map<String, Object> settings = new HashMap<>(whole.parts().broker().adminSettings());
        settings.put("enable.auto.commit", false);
        TopicPartition topic = new TopicPartition(Names.ACCESSES, 0);
        List<byte[]> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long end = consumer.endOffsets(List.of(topic)).get(topic);
            while (consumer.position(topic) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
