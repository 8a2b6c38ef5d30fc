package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.topic.Names;
import io.tongdao.deliver.ReceiverLink;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.cli.Main;
import io.tongdao.ops.exchange.SampleProvince;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.province.ProvinceDatabases;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Protected people in the product as it runs: nothing of them is in a golden record, flag, thematic table, release, table or county database, and who
 * reads those can't tell a protection from a deletion.
 */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProtectIT {
    private static final String NEVER_SEEN = Citizens.number("530102", 90_000);
    private static final String SPOUSE = Citizens.number("530102", 91_000);
    private static final String WITNESS = Citizens.number("530102", 92_000);
    private static final String DELETED = Citizens.number("530102", 93_000);
    private static final String FIRM = "91350100M000100Y43";

    /** Everything that agencies know of who was protected before they wrote it. */
    private static final Markers UNSEEN = Markers.of(
            NEVER_SEEN, "NEVERNAME", "NEVEROTHERNAME", "NEVERADDRESS", "NEVERRESIDENCE", "NEVERNUMBER", "NEVERFIRM");

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Path catalogue;
    private static Grant share;
    private static Grant back;

    @BeforeAll
    static void start() throws Exception {
        catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        CatalogueCopies.copy(
                Path.of("src/test/resources/themes"), Files.createDirectories(catalogue.resolve("themes")));
        whole = new WholeExchange(dir.resolve("data"), 300);
        whole.collect(catalogue);
        share = whole.open("yb-enrolment");
        back = whole.open("wuhua-return");
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void whoIsProtectedBeforeTheFirstRowIsNowhere() throws Exception {
        // Given
        protect("--subject", NEVER_SEEN);

        // When
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(9_100_001, NEVER_SEEN, "张NEVERNAME", "NEVERADDRESS", "NEVERRESIDENCE"),
                person(9_100_002, SPOUSE, "李某", "某路", "某处"));
        whole.commit(AgencyTable.INSURANCE, insured("NEVERNUMBER", NEVER_SEEN, "张NEVEROTHERNAME"));
        whole.commit(
                AgencyTable.MARRIAGE,
                "INSERT INTO hydj_xx VALUES ('NEVERMARRIED', '10', '张NEVERNAME', '111', '" + NEVER_SEEN
                        + "', '李某', '111', '" + SPOUSE + "', '2019-05-20', '民政局', '530103', '20')");
        whole.commit(
                AgencyTable.ENTERPRISE,
                "INSERT INTO qydj_xx (ztbh, tyshxydm, qymc, fddbrxm, fddbrzjhm, zs, djzt) VALUES (9100001, '" + FIRM
                        + "', 'NEVERFIRM', '张NEVERNAME', '" + NEVER_SEEN + "', '某路', '10')");
        whole.settle();

        // Then
        Map<String, Set<String>> topics =
                RawTopics.holding(whole.parts().broker().adminSettings(), UNSEEN);
        assertThat(topics.get("src.ga.household_population")).contains(NEVER_SEEN, "NEVERNAME");
        assertThat(topics.get("src.scjg.enterprise_registration")).contains("NEVERFIRM");
        topics.keySet()
                .removeIf(topic -> topic.startsWith("src.")
                        || topic.startsWith("tongdao-")
                        || topic.startsWith(Names.PROTECTIONS));
        topics.values().removeIf(Set::isEmpty);
        assertThat(topics)
                .as("topics that hold something of a protected person")
                .isEmpty();
        assertThat(tablesThatHold(UNSEEN)).isEmpty();
        assertThat(one("select marital_status from base.population where citizen_id = '" + SPOUSE + "'"))
                .as("a marriage would name the other")
                .isNull();
        assertThat(county()).contains("李某").doesNotContain("NEVER");
        assertThat(tongdao("discrepancy", "list", "--as", "hrss", "--subjects")).doesNotContain(NEVER_SEEN);
    }

    @Test
    @Order(2)
    void aProtectionLooksLikeADeletionAndEverythingComesBackWhenItIsLifted() throws Exception {
        // Given
        for (String id : List.of(WITNESS, DELETED)) {
            int ryid = id.equals(WITNESS) ? 9_200_001 : 9_200_002;
            whole.commit(AgencyTable.HOUSEHOLD, person(ryid, id, "王某", "某路", "某处"));
            whole.commit(AgencyTable.INSURANCE, insured("N" + ryid, id, "汪某"));
        }
        whole.settle();
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(discrepancies()).contains(WITNESS, DELETED));
        Map<String, String> before = figures();
        int known = tombstones(share).size() + tombstones(back).size();
        String then = "select count(*) as n from base.population as of "
                + whole.exchange()
                        .lake()
                        .table("base.population")
                        .currentSnapshot()
                        .snapshotId() + " where citizen_id = '" + WITNESS + "'";

        // When
        String key = protect("--subject", WITNESS);
        whole.commit(AgencyTable.HOUSEHOLD, "DELETE FROM czrk_jbxx WHERE gmsfhm = '" + DELETED + "'");
        whole.commit(AgencyTable.INSURANCE, "DELETE FROM cbdj_xx WHERE gmsfhm = '" + DELETED + "'");
        whole.settle();

        // Then
        soon(() -> assertThat(discrepancies()).doesNotContain(WITNESS, DELETED));
        soon(() -> assertThat(tablesThatHold(Markers.of(WITNESS))).isEmpty());
        assertThat(county()).doesNotContain(WITNESS);
        assertThat(one(then)).as("the table remembers").isEqualTo("1");
        assertThat(tongdao("query", "--format", "csv", then))
                .as("and tells nobody")
                .isEqualTo("n\r\n0\r\n");
        assertThat(tongdao("grant", "reconcile", back.id()))
                .as("what is protected is missing nowhere")
                .contains("来源 source", "数据表 table", "数据库 database", "一致 equal")
                .doesNotContain("不一致")
                .doesNotContainPattern("\\d{17}[0-9X]");
        assertThat(tongdao("grant", "show", back.id())).contains("回流入库 into database wuhua-db，投送中 delivering");
        assertThat(explained("authority")).contains("无任何来源的数据").doesNotContain("王某", "汪某", "base.");
        assertThat(explained("ga")).as("its own row").contains("王某").doesNotContain("汪某");
        assertThat(explained("mz")).contains("0 行").doesNotContain("王某", "汪某");
        for (Grant grant : List.of(share, back)) {
            List<String> shapes = tombstones(grant);
            assertThat(shapes).hasSizeGreaterThanOrEqualTo(2);
            assertThat(Set.copyOf(shapes)).as("one looks like the other").hasSize(1);
        }
        assertThat(tombstones(share).size() + tombstones(back).size()).isEqualTo(known + 4);

        // When
        whole.stopStages();
        whole.run(catalogue);
        whole.awaitStreaming();
        whole.commit(AgencyTable.INSURANCE, "UPDATE cbdj_xx SET jfjs = jfjs + 1 WHERE gmsfhm = '" + WITNESS + "'");
        whole.settle();

        // Then
        assertThat(tablesThatHold(Markers.of(WITNESS))).isEmpty();
        assertThat(discrepancies()).doesNotContain(WITNESS);

        // When
        tongdao("protect", "lift", key, "--by", "authority", "--reason", "案结");
        whole.commit(AgencyTable.HOUSEHOLD, person(9_200_002, DELETED, "王某", "某路", "某处"));
        whole.commit(AgencyTable.INSURANCE, insured("N9200002", DELETED, "汪某"));
        whole.settle();

        // Then
        soon(() -> assertThat(discrepancies()).contains(WITNESS, DELETED));
        soon(() -> assertThat(figures()).isEqualTo(before));
        assertThat(county()).contains(WITNESS);
    }

    @Test
    @Order(3)
    void whoAsksDecidesWhichTablesThereAre() {
        // When
        String insurer = tongdao("query", "--as", "yb", "--format", "csv", "show tables");
        String provider = tongdao(
                "query",
                "--as",
                "hrss",
                "select count(*) from src_hrss.social_insurance_enrolment as of '2999-01-01T00:00'");

        // Then
        assertThat(insurer).isEqualTo("name\r\n" + share.lakeTable() + "\r\n");
        assertThat(provider).contains("(1 row)");
        assertThat(unanswered("yb", "select 1 from base.population"))
                .contains("no table base.population; there are " + share.lakeTable());
        assertThat(unanswered("yb", "explain select 1 from src_hrss.social_insurance_enrolment"))
                .contains("no table src_hrss.social_insurance_enrolment");
        assertThat(unanswered("yb", "select 1 from " + share.lakeTable() + " as of '2999-01-01T00:00'"))
                .contains("AS OF is for the authority");
        assertThat(unanswered("nobody", "select 1")).contains("--as nobody: neither authority nor an agency");
    }

    @Test
    @Order(4)
    void onlyWhoDecidedSeesWhatIsOnRecord() {
        // When
        String authority = tongdao("protect", "list", "--as", "authority");
        String insurance = tongdao("protect", "list", "--as", "hrss", "--keys");

        // Then
        assertThat(authority).contains("in force", "lifted", "刑事诉讼法 64").doesNotContainPattern("\\d{17}[0-9X]");
        assertThat(insurance.lines()).hasSize(2).last().isEqualTo("0");
        assertThat(refused("protect", "add", "--subject", "53010219900307123", "--by", "authority"))
                .contains("no identifier")
                .doesNotContain("53010219900307123");
        assertThat(refused("protect", "add", "--subject", WITNESS, "--by", "hrss"))
                .contains("authority")
                .doesNotContain(WITNESS);
        assertThat(refused("protect", "add", "--dataset", "ga.household_population", "--row", WITNESS, "--by", "hrss"))
                .contains("ga");
    }

    /** What is on record only grows. */
    private static Map<String, String> figures() {
        Map<String, String> figures = new TreeMap<>();
        for (String table : tables()) {
            if (!table.startsWith("audit.")) {
                figures.put(table, one("select count(*) from " + table));
            }
        }
        return figures;
    }

    /** The lakehouse's tables that are not an agency's own. */
    private static List<String> tables() {
        return whole.lake("select table_schema || '.' || table_name from information_schema.tables").stream()
                .map(List::getFirst)
                .filter(table -> !table.startsWith("src_") && !table.startsWith("_dead"))
                .sorted()
                .toList();
    }

    private static Map<String, Set<String>> tablesThatHold(Markers markers) {
        Map<String, Set<String>> found = new TreeMap<>();
        List<String> tables = tables();
        assertThat(tables).contains("base.population", "theme_credit.employees", share.lakeTable(), back.lakeTable());
        tables.forEach(table -> found.put(
                table,
                new TreeSet<>(markers.in(whole.lake("select * from " + table).toString()))));
        found.values().removeIf(Set::isEmpty);
        return found;
    }

    /** Of each record that ends something for the consumer: which headers it has, and what they say, times aside. */
    private static List<String> tombstones(Grant grant) throws Exception {
        Map<String, Object> settings = new HashMap<>(whole.parts().broker().adminSettings());
        settings.put("isolation.level", "read_committed");
        List<String> shapes = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = consumer.partitionsFor(grant.topic()).stream()
                    .map(part -> new TopicPartition(part.topic(), part.partition()))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (!parts.stream().allMatch(part -> consumer.position(part) >= ends.get(part))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() == null && record.key()[0] != '!') {
                        shapes.add(shape(record));
                    }
                }
            }
        }
        return shapes;
    }

    private static String shape(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder shape = new StringBuilder();
        record.headers()
                .forEach(header -> shape.append(header.key())
                        .append('=')
                        .append(header.key().equals("at") ? "" : new String(header.value(), StandardCharsets.UTF_8))
                        .append(' '));
        return shape.toString();
    }

    private static String discrepancies() {
        return tongdao("discrepancy", "list", "--as", "hrss", "--item", "full_name", "--subjects");
    }

    private static String county() throws Exception {
        ProvinceDatabases.Login login = SampleProvince.county(whole.data());
        try (Connection county = DriverManager.getConnection(
                        whole.parts().postgres().jdbcUrl("wuhua"), login.user(), login.password());
                var statement = county.createStatement();
                var rows = statement.executeQuery("SELECT * FROM "
                        + ReceiverLink.table(whole.exchange().receiver(back).orElseThrow(), back.id()))) {
            return WholeExchange.rows(rows).toString();
        }
    }

    private static String one(String sql) {
        return whole.lake(sql).getFirst().getFirst();
    }

    private static String person(int ryid, String id, String name, String address, String residence) {
        return "INSERT INTO czrk_jbxx (ryid, gmsfhm, xm, xb, mz, csrq, hjqh, hjdz, hh, yhzgx, jzzdz, hkzt) VALUES ("
                + ryid + ", '" + id + "', '" + name + "', '1', '01', '1961-01-01', '530102', '" + address
                + "', 'H1', '01', '" + residence + "', '10')";
    }

    private static String insured(String number, String id, String name) {
        return "INSERT INTO cbdj_xx (grsbbh, gmsfhm, xm, dwmc, xzlx, cbzt, sccbrq, jfjs, zjjfny, cbdqh, sjhm) VALUES ('"
                + number + "', '" + id + "', '" + name
                + "', '某单位', '110', '1', '2020-01-01', 5000, '202601', '530103', '13355512077')";
    }

    private static void soon(ThrowingCallable holds) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(holds::call);
    }

    private static String explained(String who) {
        return tongdao("explain", WITNESS, "--as", who, "--reason", "核实", "--case", "c-1");
    }

    /** The key that lift asks for. */
    private static String protect(String... what) {
        List<String> arguments = new ArrayList<>(List.of("protect", "add"));
        arguments.addAll(List.of(what));
        arguments.addAll(
                List.of("--ground", "protected_person", "--basis", "刑事诉讼法 64", "--by", "authority", "--reason", "证人"));
        return tongdao(arguments.toArray(String[]::new)).strip();
    }

    private static String refused(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--ground", "other", "--basis", "法", "--reason", "由"));
        StringWriter err = new StringWriter();
        assertThat(execute(new StringWriter(), err, all)).isEqualTo(Main.FAILED);
        return err.toString();
    }

    private static String unanswered(String who, String sql) {
        StringWriter err = new StringWriter();
        assertThat(execute(new StringWriter(), err, List.of("query", "--as", who, sql)))
                .isEqualTo(Main.FAILED);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString();
    }

    private static String tongdao(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = execute(out, err, List.of(arguments));
        assertThat(exit).as(err.toString()).isZero();
        return out.toString();
    }

    private static int execute(StringWriter out, StringWriter err, List<String> arguments) {
        List<String> args = new ArrayList<>(arguments);
        args.addAll(List.of("--data", whole.data().root().toString()));
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(args.toArray(String[]::new));
    }
}
