package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.ops.OneExchange;
import io.tongdao.ops.province.AgencyTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Officials work off discrepancies by the command line, and the rules change under what is there. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DisputeIT {
    private static final String LED_BY_POLICE = "source_of_record: ga.household_population, verify: "
            + "[hrss.social_insurance_enrolment, mz.marriage_registration], compare: han_name";
    private static final String LED_BY_INSURANCE = "source_of_record: hrss.social_insurance_enrolment, "
            + "fallback: [ga.household_population], verify: [mz.marriage_registration], compare: han_name";

    @TempDir
    static Path dir;

    private static WholeExchange whole;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
        whole.collect(WholeExchange.CATALOGUE);
        whole.settle();
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void theAddressedAgencyAndItsAuthorityReadWithoutValues() {
        // When
        String insurance = tongdao("discrepancy", "list", "--as", "hrss");
        String police = tongdao("discrepancy", "list", "--as", "ga");
        String authority = tongdao("discrepancy", "count", "--as", "authority");
        String county = tongdao("discrepancy", "list", "--as", "authority@530102");

        // Then
        assertThat(insurance).contains("population.full_name", "hrss.social_insurance_enrolment");
        assertThat(insurance).doesNotContainPattern("\\d{17}[0-9X]");
        assertThat(authority).contains("hrss", "population.full_name");
        assertThat(police).doesNotContain("population.full_name");
        assertThat(county).doesNotContain("population.full_name");
    }

    @Test
    @Order(2)
    void aRulingClosesADiscrepancyForGood() {
        // Given
        int before = open();
        String subject = subjects().getFirst();

        // When
        String ruled = tongdao(
                "ruling",
                "file",
                subject,
                "population.full_name",
                "--decision",
                "upheld",
                "--by",
                "authority",
                "--reason",
                "查实");

        // Then
        assertThat(ruled).contains("upheld");
        soon(() -> assertThat(open()).isEqualTo(before - 1));
        assertThat(subjects()).doesNotContain(subject);
        soon(() -> assertThat(disputed(subject)).doesNotContain("full_name"));
    }

    @Test
    @Order(3)
    void anObjectionFlagsTheItemUntilItIsTakenBack() {
        // Given
        String subject = whole.lake("select citizen_id from base.population where len(_disputed) = 0 and "
                        + "hukou_address is not null order by 1 limit 1")
                .getFirst()
                .getFirst();

        // When
        tongdao("objection", "file", subject, "population.hukou_address", "--by", subject, "--reason", "不是我的");
        soon(() -> assertThat(disputed(subject)).contains("hukou_address"));
        tongdao("objection", "withdraw", subject, "population.hukou_address");

        // Then
        soon(() -> assertThat(disputed(subject)).doesNotContain("hukou_address"));
    }

    @Test
    @Order(4)
    void anotherRuleReachesWhatIsThereWithoutItsSources() throws Exception {
        // Given
        Path next = Files.createDirectories(dir.resolve("next"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, next);
        CatalogueCopies.edit(
                next.resolve("base/population.yaml"), text -> text.replace(LED_BY_POLICE, LED_BY_INSURANCE));
        String names = "select count(*) from base.population where _sources['full_name'].dataset like 'hrss.%'";
        List<List<String>> none = whole.lake(names);

        // When
        String applied = tongdao("apply", next.toString(), "--by", "test");

        // Then
        assertThat(none).containsExactly(List.of("0"));
        assertThat(applied).contains("is in force");
        soon(() -> assertThat(whole.lake(names).getFirst().getFirst()).isNotEqualTo("0"));
        soon(() -> assertThat(tongdao("status")).contains("规则变更重算", "person 0", "done"));
        whole.assertEqualToDatabases();
    }

    @Test
    @Order(5)
    void aNewItemAndANewCheckComeByTheCatalogueAlone() throws Exception {
        // Given
        Path next = Files.createDirectories(dir.resolve("more"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, next);
        CatalogueCopies.edit(
                next.resolve("base/population.yaml"),
                text -> text.replace(LED_BY_POLICE, LED_BY_INSURANCE)
                                .replace(
                                        "items:\n",
                                        "items:\n  contribution_base: {source_of_record: "
                                                + "hrss.social_insurance_enrolment, compare: number}\n")
                        + "checks:\n  sex_digit: {label: 性别与公民身份号码不符, holds: 'id_sex(citizen_id) == gender_code', "
                        + "blame: ga.household_population, disputes: [gender_code]}\n");
        String paid = "select count(contribution_base), sum(contribution_base) from base.population";
        String atSource = "select count(*), sum(b) from (select max_by(contribution_base, last_paid_month) b from "
                + "src_hrss.social_insurance_enrolment where contribution_base is not null group by citizen_id)";

        String other = "UPDATE czrk_jbxx SET xb = CASE xb WHEN '1' THEN '2' ELSE '1' END WHERE gmsfhm = "
                + "(SELECT min(gmsfhm) FROM czrk_jbxx WHERE length(gmsfhm) = 18)";

        // When
        String applied = tongdao("apply", next.toString(), "--by", "test");
        whole.commit(AgencyTable.HOUSEHOLD, other);

        // Then
        assertThat(applied).contains("is in force");
        soon(() -> assertThat(whole.lake(paid).getFirst().getFirst()).isNotEqualTo("0"));
        soon(() -> assertThat(whole.lake(paid)).isEqualTo(whole.lake(atSource)));
        soon(() -> assertThat(tongdao("discrepancy", "list", "--as", "ga")).contains("population.sex_digit"));
        whole.commit(AgencyTable.HOUSEHOLD, other);
        soon(() -> assertThat(tongdao("discrepancy", "list", "--as", "ga")).doesNotContain("population.sex_digit"));
        whole.assertEqualToDatabases();
    }

    private static void soon(ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(holds);
    }

    private static int open() {
        return tongdao("discrepancy", "list", "--as", "authority")
                .lines()
                .toList()
                .size();
    }

    private static List<String> subjects() {
        return tongdao("discrepancy", "list", "--as", "hrss", "--item", "full_name", "--subjects")
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(word -> word.matches("\\d{17}[0-9X]"))
                .toList();
    }

    private static String disputed(String subject) {
        return whole.lake("select _disputed from base.population where citizen_id = '" + subject + "'").stream()
                .map(List::toString)
                .reduce("", String::concat);
    }

    private static String tongdao(String... arguments) {
        return new Commands(whole).tongdao(arguments);
    }
}
