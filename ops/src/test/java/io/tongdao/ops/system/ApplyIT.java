package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.system.Commands.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One exchange lives through changes of its catalogue, each by the command line; the grants that they don't touch notice nothing. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplyIT {
    private static final String FORMER_NAME = "  former_name: ";
    private static final Path POLICE = Path.of("datasets/ga/household_population.yaml");
    private static final Path MARKET = Path.of("datasets/scjg/enterprise_registration.yaml");
    private static final String MARRIAGE = "mz.marriage_registration";
    private static final Path INSURANCE = Path.of("datasets/hrss/social_insurance_enrolment.yaml");

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static FifthAgency fifth;
    private static Path catalogue;

    @BeforeAll
    static void start() throws Exception {
        catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        CatalogueCopies.edit(catalogue.resolve(POLICE), text -> text.replaceFirst(FORMER_NAME + ".*\n", ""));
        whole = new WholeExchange(dir.resolve("data"), 300);
        fifth = FifthAgency.make(whole);
        whole.collect(catalogue);
        whole.open("yb-enrolment");
        whole.open("wuhua-return");
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void whatIsFixedForGoodIsRefusedAndNothingHasChanged() throws Exception {
        // Given
        Path next = copy("fixed");
        CatalogueCopies.edit(next.resolve("terms.yaml"), text -> text.replaceFirst("person: 2", "person: 3"));
        // When
        Said answer = apply(next);
        // Then
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("partitions of person", "2 → 3", "nothing has changed");
        assertThat(whole.exchange().catalogue().running().version()).isOne();
        assertThat(tongdao("plan", next.toString()).exit()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void aNewDatasetAndANewItemComeInWhileGrantsFlow() throws Exception {
        // Given
        FifthAgency.addTo(catalogue);
        Files.copy(
                WholeExchange.CATALOGUE.resolve(POLICE),
                catalogue.resolve(POLICE),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        // When
        Said answer = apply(catalogue);
        // Then
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("new dataset zjj.construction_qualification", "version 2", "is in force");
        assertThat(whole.exchange().catalogue().running().version()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(fifth.lake()).hasSize(4).isEqualTo(fifth.database()));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(formerNames()).isNotEmpty().isEqualTo(formerNamesAtSource()));
        assertThat(epochs()).containsExactly("wuhua-return 1", "yb-enrolment 1");
        assertFlows();
        assertThat(whole.exchange().failure()).isNotDone();
    }

    @Test
    @Order(3)
    void aTighterMaskNarrowsOnlyTheGrantThatItTouchesAndOnlyWithReferences() throws Exception {
        // Given
        CatalogueCopies.edit(
                catalogue.resolve(INSURANCE),
                text -> text.replace("mask: phone3_4, return_mask: keep", "mask: drop, return_mask: keep"));
        // When
        Said bare = apply(catalogue);
        Said referred = apply(catalogue, "--consultation", "会商〔2026〕7号", "--filing", "备〔2026〕31号");
        // Then
        assertThat(bare.exit()).isEqualTo(2);
        assertThat(bare.err()).contains("yb-enrolment (narrowed)", "art. 36").doesNotContain("wuhua-return");
        assertThat(referred.exit()).as(referred.err()).isZero();
        assertThat(whole.exchange().desk().awaitFlow("yb-enrolment", WholeExchange.LIMIT))
                .isTrue();
        assertThat(epochs()).containsExactly("wuhua-return 1", "yb-enrolment 2");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(whole.lake("select count(*), count(mobile) from share_yb.yb_enrolment"))
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row.get(0)).isNotEqualTo("0");
                            assertThat(row.get(1)).isEqualTo("0");
                        }));
        assertFlows();
    }

    @Test
    @Order(4)
    void aLooserMaskIsTakenOnlyWhenItIsConfirmedAndNoRunningGrantShowsMoreByIt() throws Exception {
        // Given
        Path next = copy("looser");
        CatalogueCopies.edit(
                next.resolve(INSURANCE),
                text -> text.replace("mask: drop, return_mask: keep", "mask: phone3_4, return_mask: keep"));
        int version = whole.exchange().catalogue().running().version();
        // When
        Said bare = apply(next);
        Said other = apply(next, "--confirm", "drops");
        Said nonsense = apply(next, "--confirm", "everything");
        int untouched = whole.exchange().catalogue().newest().version();
        Said confirmed = apply(next, "--confirm", "masks");
        // Then
        assertThat(bare.exit()).isEqualTo(2);
        assertThat(bare.out()).contains("mobile");
        assertThat(bare.err()).contains("--confirm masks", "nothing has changed");
        assertThat(other.exit()).isEqualTo(2);
        assertThat(nonsense.exit()).isEqualTo(2);
        assertThat(nonsense.err()).contains("--confirm", "everything", "MASKS");
        assertThat(untouched).as("what is refused is not published").isEqualTo(version);
        assertThat(confirmed.exit()).as(confirmed.err()).isZero();
        assertThat(epochs()).containsExactly("wuhua-return 1", "yb-enrolment 2");
        assertThat(whole.lake("select count(mobile) from share_yb.yb_enrolment"))
                .as("the grant runs as it was narrowed")
                .containsExactly(List.of("0"));
        CatalogueCopies.copy(next, catalogue);
    }

    @Test
    @Order(5)
    void aRuleThatBeginsTomorrowBeginsTomorrow() throws Exception {
        // Given
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        CatalogueCopies.edit(
                catalogue.resolve("base/population.yaml"),
                text -> text.replaceFirst("  full_name: .*\n", """
                  full_name:
                    compare: han_name
                    rules:
                      - {source_of_record: ga.household_population, verify: [hrss.social_insurance_enrolment, mz.marriage_registration], until: %s}
                      - {from: %s, source_of_record: mz.marriage_registration, fallback: [ga.household_population], verify: [hrss.social_insurance_enrolment]}
                """.formatted(today, today.plusDays(1))));
        Said answer = apply(catalogue);
        assertThat(answer.exit()).as(answer.err()).isZero();
        whole.settle();
        assertThat(from(MARRIAGE, "full_name")).isEqualTo("0");
        // When
        whole.sleep();
        // Then
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(from(MARRIAGE, "full_name"))
                        .isNotEqualTo("0")
                        .isEqualTo(from(MARRIAGE, "marital_status")));
        assertThat(whole.exchange().failure()).isNotDone();
        assertFlows();
    }

    @Test
    @Order(6)
    void aConnectionThatLeadsToAnotherDatabaseIsReadFromThereAndWhatIsNotThereGoes() throws Exception {
        // Given
        moveMarket();
        CatalogueCopies.edit(
                catalogue.resolve("sources.yaml"), text -> text.replace("database: scjg,", "database: scjg_new,"));
        CatalogueCopies.edit(catalogue.resolve(MARKET), text -> text.replace("scjg.qydj_xx", "scjg_new.qydj_xx"));
        // When
        Said answer = apply(catalogue);
        // Then
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("leads to another database");
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(enterprises()).isEqualTo(enterprisesIn("scjg_new")));
        whole.commit(AgencyTable.ENTERPRISE, "DELETE FROM scjg_new.qydj_xx ORDER BY tyshxydm LIMIT 1");
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(enterprises()).isEqualTo(enterprisesIn("scjg_new")));
        assertThat(whole.exchange().failure()).isNotDone();
    }

    @Test
    @Order(7)
    void whatWasPublishedBeforeAKillIsCarriedOutAtTheNextStart() throws Exception {
        // Given
        Path next = copy("titles");
        CatalogueCopies.edit(next.resolve(INSURANCE), text -> text.replaceFirst("title: .*", "title: 参保登记"));
        PublishedBeside.publish(whole, next);
        whole.stopStages();
        // When
        whole.run(catalogue);
        // Then
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(
                        () -> assertThat(whole.exchange().catalogue().progress().settled())
                                .isTrue());
        assertThat(whole.exchange()
                        .plan()
                        .datasets()
                        .get("hrss.social_insurance_enrolment")
                        .title())
                .isEqualTo("参保登记");
        assertThat(epochs()).containsExactly("wuhua-return 1", "yb-enrolment 2");
    }

    /** A change at the police reaches the county's own topic, in the epoch that it has always read. */
    private static void assertFlows() throws Exception {
        String address = "五华区新址" + System.nanoTime();
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "UPDATE public.czrk_jbxx SET hjdz = '" + address
                        + "' WHERE gmsfhm = (SELECT min(gmsfhm) FROM public.czrk_jbxx WHERE hjqh LIKE '530102%')");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                whole.lake("select count(*) from return_530102.wuhua_return where hukou_address = '"
                                        + address + "'"))
                        .containsExactly(List.of("1")));
    }

    /** The market regulator's database as it is on its new server: without one enterprise, with another name of one. */
    private static void moveMarket() throws Exception {
        whole.commit(
                AgencyTable.ENTERPRISE,
                "CREATE DATABASE scjg_new CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                "CREATE TABLE scjg_new.qydj_xx LIKE scjg.qydj_xx",
                "INSERT INTO scjg_new.qydj_xx SELECT * FROM scjg.qydj_xx ORDER BY tyshxydm LIMIT 1000000 OFFSET 1",
                "UPDATE scjg_new.qydj_xx SET qymc = '迁移后改名的企业' ORDER BY tyshxydm LIMIT 1",
                "GRANT SELECT, LOCK TABLES ON scjg_new.* TO 'collect_scjg'@'127.0.0.1'");
    }

    private static List<List<String>> enterprises() {
        return whole.lake("select uscc, ent_name from src_scjg.enterprise_registration order by 1");
    }

    private static List<List<String>> enterprisesIn(String database) throws Exception {
        return atSource(
                AgencyTable.ENTERPRISE, "SELECT tyshxydm, qymc FROM " + database + ".qydj_xx ORDER BY tyshxydm");
    }

    /** How many people have an item from a dataset. */
    private static String from(String dataset, String item) {
        return whole.lake("select count(*) from base.population where _sources['" + item + "'].dataset = '" + dataset
                        + "'")
                .getFirst()
                .getFirst();
    }

    private static List<String> epochs() {
        return whole.exchange().desk().list().values().stream()
                .filter(grant -> grant.status() == Grant.Status.ACTIVE)
                .map(grant -> grant.id() + " " + grant.epoch())
                .toList();
    }

    private static List<List<String>> formerNames() {
        return whole.lake(
                "select citizen_id, former_name from src_ga.household_population where former_name is not null order"
                        + " by 1");
    }

    private static List<List<String>> formerNamesAtSource() throws Exception {
        return atSource(
                AgencyTable.HOUSEHOLD,
                "SELECT gmsfhm, cym FROM public.czrk_jbxx WHERE cym IS NOT NULL ORDER BY gmsfhm COLLATE \"C\"");
    }

    private static List<List<String>> atSource(AgencyTable table, String sql) throws Exception {
        try (Connection connection = whole.agency(table);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return WholeExchange.rows(rows);
        }
    }

    private static Path copy(String name) throws IOException {
        Path copy = Files.createDirectories(dir.resolve(name));
        CatalogueCopies.copy(catalogue, copy);
        return copy;
    }

    private static Said apply(Path next, String... more) {
        List<String> args = new ArrayList<>(List.of("apply", next.toString(), "--by", "test"));
        args.addAll(List.of(more));
        return tongdao(args.toArray(String[]::new));
    }

    private static Said tongdao(String... arguments) {
        return new Commands(whole).run(arguments);
    }
}
