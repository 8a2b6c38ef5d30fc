package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.cli.Main;
import io.tongdao.ops.province.AgencyTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Who is who in the product as it runs: people whose numbers nearly meet, or do, are never one, and what joins two numbers is never shown. */
@OneExchange
class IdentityIT {
    private static final String TYPED = Citizens.number("530102", 94_000);
    private static final String MEANT = Citizens.number("530102", 95_000);
    private static final String WHO_HAS_IT = Citizens.number("530102", 96_000);
    /** His, and another's too, as numbers of 15 digits were given twice now and then. */
    private static final String SHARED = WHO_HAS_IT.substring(0, 6) + WHO_HAS_IT.substring(8, 17);

    private static final String CHILD = Citizens.number("530102", 97_000);
    private static final String BORN_AS = Citizens.number("530102", 98_000);
    private static final String RENUMBERED = Citizens.number("530102", 99_000);
    private static final String NUMBER_BEFORE = Citizens.number("530102", 100_000);

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Grant share;

    @BeforeAll
    static void start() throws Exception {
        Path catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        CatalogueCopies.copy(
                Path.of("src/test/resources/themes"), Files.createDirectories(catalogue.resolve("themes")));
        whole = new WholeExchange(dir.resolve("data"), 100);
        tellApart(catalogue);
        whole.collect(catalogue);
        share = whole.open("yb-enrolment");
        whole.open("wuhua-return");
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    void aNumberMistypedAsAnothersIsSetAsideUntilItIsCorrected() throws Exception {
        // Given
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(9_400_001, TYPED, "甲某", "1961-01-01"),
                person(9_400_002, MEANT, "乙某", "1972-02-02"));
        whole.commit(AgencyTable.INSURANCE, insured("TYPO1", TYPED, "乙某", "1972-02-02", "13900000001"));

        // When
        whole.settle();

        // Then
        soon(() -> assertThat(reviews()).contains(TYPED + "|hrss.social_insurance_enrolment"));
        assertThat(golden(TYPED)).containsExactly("甲某", null);
        assertThat(golden(MEANT)).containsExactly("乙某", null);
        assertThat(released())
                .as("nobody is given the one's mobile as the other's")
                .doesNotContain("139****0001");

        // When
        whole.commit(AgencyTable.INSURANCE, "UPDATE cbdj_xx SET gmsfhm = '" + MEANT + "' WHERE grsbbh = 'TYPO1'");
        whole.settle();

        // Then
        soon(() -> assertThat(reviews()).doesNotContain(TYPED));
        soon(() -> assertThat(golden(MEANT)).containsExactly("乙某", "13900000001"));
        assertThat(golden(TYPED)).containsExactly("甲某", null);
        soon(() -> assertThat(released()).contains("139****0001"));
    }

    @Test
    void twoPeopleWithOneFirstGenerationNumberAreNeverOne() throws Exception {
        // When
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(9_500_001, WHO_HAS_IT, "丙某", "1962-03-03"),
                person(9_500_002, SHARED, "丁某", "1963-04-04"));
        whole.commit(
                AgencyTable.INSURANCE,
                insured("SHARED1", WHO_HAS_IT, "丙某", "1962-03-03", "13900000002"),
                insured("SHARED2", SHARED, "丁某", "1963-04-04", "13900000003"));
        whole.settle();

        // Then
        soon(() -> assertThat(reviews())
                .contains(WHO_HAS_IT + "|ga.household_population|9500002")
                .contains(WHO_HAS_IT + "|hrss.social_insurance_enrolment|SHARED2"));
        soon(() -> assertThat(golden(WHO_HAS_IT)).containsExactly("丙某", "13900000002"));
        assertThat(whole.lake("select full_name from base.population where full_name = '丁某'"))
                .as("a miss is better than a wrong merge")
                .isEmpty();
        assertThat(released()).contains("139****0002").doesNotContain("139****0003");
        assertThat(whole.lake("select full_name from src_ga.household_population where citizen_id = '" + WHO_HAS_IT
                        + "' order by 1"))
                .as("neither takes the other's place in the agency's own table")
                .containsExactly(List.of("丁某"), List.of("丙某"));
    }

    @Test
    void anAdoptedChildsNumbersAreTwoPeopleToEverybody() throws Exception {
        // Given
        tongdao(
                "protect",
                "add",
                "--link",
                CHILD,
                "--with",
                BORN_AS,
                "--ground",
                "adoption",
                "--basis",
                "民法典 1110",
                "--by",
                "ga",
                "--reason",
                "收养");
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(9_600_001, BORN_AS, "戊某", "1964-05-05"),
                person(9_600_002, NUMBER_BEFORE, "庚某", "1966-07-07"));
        whole.commit(
                AgencyTable.INSURANCE,
                insured("ADOPTED", BORN_AS, "戊某", "1964-05-05", "13900000004"),
                insured("RENUMBERED", NUMBER_BEFORE, "庚某", "1966-07-07", "13900000005"));
        whole.settle();

        // When
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(9_600_003, CHILD, "己某", "1964-05-05"),
                "UPDATE czrk_jbxx SET cyhm = '" + BORN_AS + "' WHERE ryid = 9600003",
                person(9_600_004, RENUMBERED, "庚某", "1966-07-07"),
                "UPDATE czrk_jbxx SET cyhm = '" + NUMBER_BEFORE + "' WHERE ryid = 9600004");
        whole.settle();

        // Then
        soon(() -> assertThat(golden(RENUMBERED))
                .as("what nobody protects is followed")
                .containsExactly("庚某", "13900000005"));
        soon(() -> assertThat(whole.lake("select * from base.population where citizen_id = '" + NUMBER_BEFORE + "'"))
                .isEmpty());
        assertThat(golden(CHILD)).containsExactly("己某", null);
        assertThat(golden(BORN_AS)).containsExactly("戊某", "13900000004");
        assertThat(reviews()).doesNotContain(CHILD, BORN_AS);
        Map<String, Set<String>> joined =
                RawTopics.together(whole.parts().broker().adminSettings(), Markers.of(CHILD, BORN_AS));
        assertThat(joined).as("the agency's own word is there").containsKey("src.ga.household_population");
        joined.keySet()
                .removeIf(topic -> topic.startsWith("src.")
                        || topic.startsWith("tongdao-")
                        || topic.startsWith(Names.PROTECTIONS));
        assertThat(joined).as("topics with a record that joins the two").isEmpty();
    }

    /** The catalogue tells people apart, and follows the police's word about numbers that became others. */
    private static void tellApart(Path catalogue) throws Exception {
        whole.commit(AgencyTable.HOUSEHOLD, "ALTER TABLE czrk_jbxx ADD COLUMN cyhm varchar(18)");
        whole.commit(AgencyTable.INSURANCE, "ALTER TABLE cbdj_xx ADD COLUMN csrq date");
        CatalogueCopies.edit(
                catalogue.resolve("datasets/ga/household_population.yaml"),
                text -> text.replace("item: citizen_id}", "item: citizen_id, formerly: [former_id]}")
                        + "  former_id: {label: 曾用公民身份号码, source_name: cyhm, type: citizen_id, level: 3, mask: drop, "
                        + "origin: produced, concept: former_number}\n");
        CatalogueCopies.edit(
                catalogue.resolve("datasets/hrss/social_insurance_enrolment.yaml"),
                text -> text
                        + "  birth_date: {label: 出生日期, source_name: csrq, type: date, level: 2, personal: general, "
                        + "mask: year, return_mask: keep, origin: {copy_of: ga.household_population.birth_date}}\n");
        CatalogueCopies.edit(
                catalogue.resolve("base/population.yaml"),
                text -> text.replace(
                                "birth_date:        {source_of_record: ga.household_population,",
                                "birth_date:        {source_of_record: ga.household_population, "
                                        + "verify: [hrss.social_insurance_enrolment],")
                        + "identity: {name: full_name, birth: birth_date, sex: gender_code, "
                        + "issuer: ga.household_population}\n");
    }

    /** Name and mobile. */
    private static List<String> golden(String citizen) {
        return whole.lake("select full_name, mobile from base.population where citizen_id = '" + citizen + "'")
                .getFirst();
    }

    /** The mobiles that a consumer has, masked. */
    private static List<String> released() {
        return whole.lake("select mobile from " + share.lakeTable() + " where mobile like '139%'").stream()
                .map(List::getFirst)
                .toList();
    }

    private static String reviews() {
        return tongdao("review", "list", "--as", "authority", "--keys");
    }

    private static String person(int ryid, String id, String name, String birth) {
        return "INSERT INTO czrk_jbxx (ryid, gmsfhm, xm, xb, mz, csrq, hjqh, hjdz, hh, yhzgx, hkzt) VALUES (" + ryid
                + ", '" + id + "', '" + name + "', '1', '01', '" + birth + "', '530102', '某路', 'H1', '01', '10')";
    }

    private static String insured(String number, String id, String name, String birth, String mobile) {
        return "INSERT INTO cbdj_xx (grsbbh, gmsfhm, xm, csrq, dwmc, xzlx, cbzt, sccbrq, jfjs, zjjfny, cbdqh, sjhm) VALUES ('"
                + number + "', '" + id + "', '" + name + "', '" + birth
                + "', '某单位', '110', '1', '2020-01-01', 5000, '202601', '530103', '" + mobile + "')";
    }

    private static void soon(ThrowingCallable holds) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(holds::call);
    }

    private static String tongdao(String... arguments) {
        List<String> args = new ArrayList<>(List.of(arguments));
        args.addAll(List.of("--data", whole.data().root().toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        int exit = commands.execute(args.toArray(String[]::new));
        assertThat(exit).as(err.toString()).isZero();
        return out.toString();
    }
}
