package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.topic.Names;
import io.tongdao.deliver.ReceiverLink;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.exchange.SampleProvince;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.province.ProvinceDatabases;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marked people go in at the agencies' databases; the exchange lives, fails in several ways and breaks at last. Afterwards no marker is
 * anywhere that is not entitled to it.
 */
@OneExchange
class LeakIT {
    private static final String FOREIGN_ID = Citizens.number("530103", 77_000);
    private static final String RESIDENT_ID = Citizens.number("530102", 78_000);
    private static final String BAD_ID = bad(Citizens.number("530103", 79_000));
    private static final String BAD_HUSBAND = bad(Citizens.number("530103", 80_000));
    private static final String BAD_CODE = "91530100525943511X";

    /** A person of another county, insured: whose record the share shows masked and the return not at all. */
    private static final Markers FOREIGN = Markers.of(
            FOREIGN_ID,
            "LEAKNAMEF",
            "LEAKOTHERNAMEF",
            "LEAKADDRESSF",
            "LEAKRESIDENCEF",
            "LEAKHOUSEF",
            "LEAKNUMBERF",
            "13355512077");
    /** A resident of the county, as it may know him. */
    private static final Markers RESIDENT = Markers.of(RESIDENT_ID, "LEAKNAMER", "LEAKADDRESSR", "LEAKRESIDENCER");
    /** Where he went: nothing that the county may know. */
    private static final Markers GONE = Markers.of("LEAKNEWADDRESSR");
    /** Values of rows that are rejected as a whole: they get nowhere. */
    private static final Markers REJECTED = Markers.of(
            BAD_ID,
            "LEAKNAMEB",
            BAD_HUSBAND,
            "LEAKHUSBANDB",
            "LEAKWIFEB",
            "LEAKCERTIFICATEB",
            BAD_CODE,
            "LEAKENTERPRISEB",
            "LEAKNUMBERB",
            "LEAKDATEB");

    private static final Markers ALL = FOREIGN.and(RESIDENT).and(GONE).and(REJECTED);

    @TempDir
    static Path dir;

    private static final PrintStream CONSOLE = System.err;
    private static WholeExchange whole;
    private static Grant share;
    private static Grant back;
    private static Map<String, Set<String>> topics;
    private static Map<String, String> metrics;

    @BeforeAll
    static void liveAndFail() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
        System.setErr(new PrintStream(
                new FileOutputStream(whole.data().logs().resolve("stderr.log").toFile()),
                true,
                StandardCharsets.UTF_8));
        snapshotRows();
        whole.collect(WholeExchange.CATALOGUE);
        share = whole.open("yb-enrolment");
        back = whole.open("wuhua-return");
        streamedRows();
        whole.settle();
        failDelivery();
        cutCaptures();
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "UPDATE czrk_jbxx SET hjqh = '530103', hjdz = 'LEAKNEWADDRESSR' WHERE gmsfhm = '" + RESIDENT_ID + "'");
        await().atMost(WholeExchange.LIMIT)
                .until(() -> inTable("base.population").contains("LEAKNEWADDRESSR"));
        whole.settle();
        metrics = metrics();
        topics = new TreeMap<>(RawTopics.holding(whole.parts().broker().adminSettings(), ALL));
        whole.exchange().desk().suspend(share.id(), "test", "an order");
        assertThat(whole.exchange().desk().awaitCut(share.id(), WholeExchange.LIMIT))
                .isTrue();
        whole.parts().registry().close();
        poison("src.ga.household_population");
        poison("base.population");
        await().atMost(WholeExchange.LIMIT)
                .until(() -> whole.exchange().failure().isDone());
        Thread.sleep(2_000);
    }

    @AfterAll
    static void stop() {
        whole.close();
        System.setErr(CONSOLE);
    }

    @Test
    void theScanFindsWhatMayBeThere() {
        assertThat(topics.get("src.ga.household_population"))
                .contains(FOREIGN_ID, "LEAKNAMEF", RESIDENT_ID, "LEAKNEWADDRESSR");
        assertThat(topics.get("src.hrss.social_insurance_enrolment"))
                .contains(FOREIGN_ID, "LEAKOTHERNAMEF", "13355512077");
        assertThat(topics.get("base.population")).contains(FOREIGN_ID, "LEAKNAMEF", "LEAKADDRESSF", "13355512077");
        assertThat(topics.get(Names.DISCREPANCIES)).contains(FOREIGN_ID);
        assertThat(topics.get(back.topic())).contains(RESIDENT_ID, "LEAKNAMER", "LEAKADDRESSR");
        assertThat(inTable("src_ga.household_population")).contains(FOREIGN_ID, "LEAKNAMEF", "LEAKADDRESSF");
        assertThat(inTable("base.population")).contains(FOREIGN_ID, "13355512077", "LEAKNEWADDRESSR");
    }

    @Test
    void noTopicHoldsMoreThanItMay() {
        // Given
        Markers names = new Markers(difference(ALL.values(), Set.of(FOREIGN_ID, RESIDENT_ID)));
        // When
        Map<String, Set<String>> leaks = new TreeMap<>();
        topics.forEach((topic, found) -> leaks.put(topic, new TreeSet<>(found)));
        leaks.forEach((topic, found) -> {
            if (topic.startsWith("src.") || topic.startsWith("base.") || topic.startsWith("tongdao-")) {
                found.retainAll(REJECTED.values());
            } else if (topic.equals(Names.DISCREPANCIES)) {
                found.retainAll(names.values());
            } else if (topic.equals(back.topic())) {
                found.removeAll(RESIDENT.values());
            }
        });
        leaks.values().removeIf(Set::isEmpty);
        // Then
        assertThat(topics).containsKeys(share.topic(), back.topic(), Names.REJECTS, Names.GRANTS, "__consumer_offsets");
        assertThat(leaks).isEmpty();
    }

    @Test
    void noTableHoldsMoreThanItMay() throws Exception {
        // Given
        List<String> tables =
                LakeQuery.open(whole.exchange().lake(), TableRights.ALL).tables();
        assertThat(tables).contains(share.lakeTable(), back.lakeTable());
        // When
        Map<String, Set<String>> leaks = new TreeMap<>();
        for (String table : tables) {
            leaks.put(table, new TreeSet<>(inTable(table)));
        }
        leaks.forEach((table, found) -> {
            if (table.startsWith("src_") || table.startsWith("base.")) {
                found.retainAll(REJECTED.values());
            }
        });
        leaks.values().removeIf(Set::isEmpty);
        // Then
        assertThat(leaks).isEmpty();
    }

    @Test
    void theCountysDatabaseHoldsNobodyElse() throws Exception {
        try (Connection county = county();
                var statement = county.createStatement();
                var rows = statement.executeQuery("SELECT * FROM "
                        + ReceiverLink.table(whole.exchange().receiver(back).orElseThrow(), back.id()))) {
            assertThat(ALL.in(WholeExchange.rows(rows).toString())).isEmpty();
        }
    }

    @Test
    void noLogTellsAValue() throws Exception {
        // Given
        Path log = whole.data().logs().resolve("tongdao.log");
        assertThat(Files.readString(log)).contains("SQL state 23514").contains("ERROR");
        // When / Then
        assertThat(ALL.inFiles(whole.data().logs())).isEmpty();
    }

    @Test
    void noErrorAndNoStatusTellsAValue() {
        // Given
        String failure = whole.exchange().failure().join();
        // When
        String told = failure
                + whole.exchange().sink().status()
                + whole.exchange().grants().grants()
                + whole.exchange().grants().acks()
                + whole.exchange().stages().stream()
                        .map(stage -> stage.status())
                        .toList()
                + whole.exchange().collectors().stream()
                        .map(collector -> collector.status())
                        .toList();
        // Then
        assertThat(failure).isNotBlank();
        assertThat(ALL.in(told)).isEmpty();
    }

    @Test
    void noFileNameAndNoRunFileTellsAValue() throws Exception {
        assertThat(ALL.inNames(whole.data().root())).isEmpty();
        assertThat(ALL.inFiles(whole.data().run())).isEmpty();
        for (Path released : List.of(lake(share), lake(back))) {
            assertThat(FOREIGN.and(REJECTED).and(GONE).inFiles(released)).isEmpty();
        }
    }

    @Test
    void noMetricTellsAValue() {
        // Given
        assertThat(metrics.keySet())
                .anyMatch(name -> name.startsWith("kafka.streams:"))
                .anyMatch(name -> name.startsWith("kafka.server:"));
        // When
        Map<String, Set<String>> leaks = new TreeMap<>();
        metrics.forEach((name, attributes) -> leaks.put(name, ALL.in(name + attributes)));
        leaks.values().removeIf(Set::isEmpty);
        // Then
        assertThat(leaks).isEmpty();
    }

    /** Every bean of this process, name → the attributes that are text. */
    private static Map<String, String> metrics() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Map<String, String> all = new TreeMap<>();
        for (ObjectName name : beans.queryNames(null, null)) {
            try {
                all.put(name.getCanonicalName(), attributes(beans, name));
            } catch (InstanceNotFoundException e) {
                all.remove(name.getCanonicalName()); // a client that has closed meanwhile
            }
        }
        return all;
    }

    private static String attributes(MBeanServer beans, ObjectName name) throws JMException {
        if (!name.getDomain().matches("(?i)(kafka|debezium|org\\.apache|io\\.).*")) {
            return "";
        }
        // Attributes of type Object may hold text too
        String[] readable = Arrays.stream(beans.getMBeanInfo(name).getAttributes())
                .filter(MBeanAttributeInfo::isReadable)
                .filter(attribute -> attribute.getType().contains("String")
                        || attribute.getType().contains("Object"))
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        StringBuilder text = new StringBuilder();
        beans.getAttributes(name, readable).asList().forEach(attribute -> {
            Object value = attribute.getValue();
            text.append(' ').append(value instanceof Object[] many ? Arrays.deepToString(many) : value);
        });
        return text.toString();
    }

    private static void snapshotRows() throws Exception {
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(
                        9_000_001,
                        FOREIGN_ID,
                        "张LEAKNAMEF",
                        "530103",
                        "LEAKADDRESSF",
                        "LEAKHOUSEF",
                        "LEAKRESIDENCEF",
                        "1961-01-01"),
                person(
                        9_000_002,
                        RESIDENT_ID,
                        "李LEAKNAMER",
                        "530102",
                        "LEAKADDRESSR",
                        "H2",
                        "LEAKRESIDENCER",
                        "1961-01-01"),
                person(9_000_003, BAD_ID, "王LEAKNAMEB", "530102", "LEAKNAMEB", "H3", "LEAKNAMEB", "1961-01-01"));
        whole.commit(AgencyTable.INSURANCE, insured("LEAKNUMBERF", FOREIGN_ID, "张LEAKNAMEF", "2020-01-01"));
        whole.commit(
                AgencyTable.MARRIAGE,
                "INSERT INTO hydj_xx VALUES ('LEAKCERTIFICATEB', '10', 'LEAKHUSBANDB', '111', '" + BAD_HUSBAND
                        + "', 'LEAKWIFEB', '111', '" + FOREIGN_ID + "', '2019-05-20', '民政局', '530103', '20')");
    }

    private static void streamedRows() throws Exception {
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(9_000_004, null, "赵LEAKNAMEB", "530103", "LEAKNAMEB", "H4", "LEAKNAMEB", "1961-01-01"));
        whole.commit(
                AgencyTable.INSURANCE,
                insured("LEAKNUMBERB", Citizens.number("530103", 81_000), "LEAKDATEB", "infinity"),
                "UPDATE cbdj_xx SET xm = '张LEAKOTHERNAMEF' WHERE grsbbh = 'LEAKNUMBERF'");
        whole.commit(
                AgencyTable.ENTERPRISE,
                "INSERT INTO qydj_xx (ztbh, tyshxydm, qymc, zs, djzt) VALUES (9000001, '" + BAD_CODE
                        + "', 'LEAKENTERPRISEB', 'LEAKENTERPRISEB', '10')");
        whole.commit(AgencyTable.HOUSEHOLD, "UPDATE czrk_jbxx SET yhzgx = '02' WHERE ryid BETWEEN 9000001 AND 9000004");
    }

    /** The county's database refuses the row: PostgreSQL's message quotes it whole. */
    private static void failDelivery() throws Exception {
        String table = ReceiverLink.table(whole.exchange().receiver(back).orElseThrow(), back.id());
        try (Connection county = county()) {
            WholeExchange.commit(
                    county,
                    "ALTER TABLE " + table + " ADD CONSTRAINT nobody CHECK (full_name <> '李LEAKNAMER') NOT VALID");
            whole.commit(
                    AgencyTable.HOUSEHOLD,
                    "UPDATE czrk_jbxx SET jzzdz = 'LEAKRESIDENCER 2' WHERE gmsfhm = '" + RESIDENT_ID + "'");
            Path log = whole.data().logs().resolve("tongdao.log");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(log).contains("SQL state 23514"));
            WholeExchange.commit(county, "ALTER TABLE " + table + " DROP CONSTRAINT nobody");
        }
    }

    private static void cutCaptures() throws Exception {
        try (Connection postgres = whole.parts().postgres().connect("postgres")) {
            WholeExchange.commit(postgres, "SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
        }
        whole.commit(AgencyTable.INSURANCE, "UPDATE cbdj_xx SET sccbrq = '2020-02-02' WHERE grsbbh = 'LEAKNUMBERF'");
    }

    /** A record that begins as a right one and is none: who reads it fails with the markers in hand. */
    private static void poison(String topic) throws Exception {
        byte[] value = ("\0\0\0\0\1" + String.join("|", ALL.values())).getBytes(StandardCharsets.ISO_8859_1);
        try (var producer = new KafkaProducer<>(
                whole.parts().broker().adminSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, FOREIGN_ID.getBytes(StandardCharsets.US_ASCII), value))
                    .get();
        }
    }

    private static Set<String> inTable(String table) {
        return ALL.in(whole.lake("select * from " + table).toString());
    }

    private static Path lake(Grant grant) throws Exception {
        try (var folders = Files.walk(whole.data().lake())) {
            return folders.filter(folder -> folder.endsWith(grant.lakeTable().replace('.', '/')))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Connection county() throws Exception {
        ProvinceDatabases.Login login = SampleProvince.county(whole.data());
        return DriverManager.getConnection(whole.parts().postgres().jdbcUrl("wuhua"), login.user(), login.password());
    }

    private static String person(
            int ryid,
            String id,
            String name,
            String division,
            String address,
            String household,
            String residence,
            String birth) {
        return "INSERT INTO czrk_jbxx (ryid, gmsfhm, xm, xb, mz, csrq, hjqh, hjdz, hh, yhzgx, jzzdz, hkzt) VALUES ("
                + ryid + ", "
                + (id == null ? "NULL" : "'" + id + "'") + ", '" + name + "', '1', '01', '" + birth + "', '" + division
                + "', '" + address
                + "', '" + household + "', '01', '" + residence + "', '10')";
    }

    private static String insured(String number, String id, String name, String first) {
        return "INSERT INTO cbdj_xx (grsbbh, gmsfhm, xm, dwmc, xzlx, cbzt, sccbrq, jfjs, zjjfny, cbdqh, sjhm) VALUES ('"
                + number + "', '" + id + "', '" + name + "', '某单位', '110', '1', '" + first
                + "', 5000, '202601', '530103', '13355512077')";
    }

    /** The same number with another check digit. */
    private static String bad(String id) {
        return id.substring(0, 17) + (id.charAt(17) == '1' ? '2' : '1');
    }

    private static Set<String> difference(Set<String> all, Set<String> those) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest;
    }
}
