package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.cli.Main;
import io.tongdao.ops.province.AgencyTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Thematic tables that come by the catalogue alone into a running exchange: filled from what is there, kept up, limited to their territory,
 * released by grants; each time every row of every table is held against the agencies' databases.
 */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThemeIT {
    private static final Path THEMES = Path.of("src/test/resources/themes");

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Path catalogue;

    @BeforeAll
    static void start() throws Exception {
        catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        whole = new WholeExchange(dir.resolve("data"), 300);
        whole.collect(catalogue);
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void aTableComesByTheCatalogueAloneAndIsFilledFromWhatIsThere() throws Exception {
        // When
        String said = apply("wuhua_residents.yaml");

        // Then
        assertThat(said).contains("wuhua_residents.residents", "stage compose", "is in force");
        whole.assertEqualToDatabases();
        assertThat(count("theme_wuhua_residents.residents"))
                .isPositive()
                .isEqualTo(count("base.population where hukou_division like '530102%'"));
    }

    @Test
    @Order(2)
    void moreTablesComeAndTheOneThatWasThereIsNotWrittenAgain() throws Exception {
        // Given
        long before = count("theme_wuhua_residents.residents");
        long written = end("theme.wuhua_residents.residents");

        // When
        apply("credit.yaml");

        // Then
        whole.assertEqualToDatabases();
        assertThat(count("theme_credit.people")).isEqualTo(count("base.population"));
        assertThat(count("theme_credit.employees where employer is not null")).isPositive();
        assertThat(count("theme_wuhua_residents.residents")).isEqualTo(before);
        assertThat(end("theme.wuhua_residents.residents")).isEqualTo(written);
    }

    @Test
    @Order(3)
    void rowsFollowThoseWhoMoveAndWhatOthersSayOfThemselves() throws Exception {
        // Given
        long before = count("theme_wuhua_residents.residents");
        String mover = one("select min(citizen_id) from theme_wuhua_residents.residents");
        String employee = one("select min(citizen_id) from theme_credit.employees where employer is not null");
        String employer =
                one("select min(employer_uscc) from theme_credit.employees where citizen_id = '" + employee + "'");

        // When
        whole.commit(
                AgencyTable.HOUSEHOLD, "UPDATE public.czrk_jbxx SET hjqh = '530103' WHERE gmsfhm = '" + mover + "'");
        whole.commit(
                AgencyTable.ENTERPRISE, "UPDATE qydj_xx SET qymc = '云南新名有限公司' WHERE tyshxydm = '" + employer + "'");
        whole.commit(
                AgencyTable.INSURANCE,
                "UPDATE public.cbdj_xx SET jfjs = jfjs + 0.01 WHERE gmsfhm = '" + employee + "'");

        // Then
        whole.assertEqualToDatabases();
        assertThat(count("theme_wuhua_residents.residents")).isEqualTo(before - 1);
        assertThat(count("theme_credit.employees where employer = '云南新名有限公司'")).isPositive();
    }

    @Test
    @Order(4)
    void aThematicTableIsGrantedWithTheApprovalOfAllBehindIt() throws Exception {
        // Given
        var desk = whole.exchange().desk();

        // When
        Grant grant = desk.file(Path.of("src/test/resources/grants/yb-people.yaml"), "test");
        Set<String> missing = Set.copyOf(desk.missingApprovals(grant));
        missing.forEach(agency -> desk.approve(grant.id(), agency, "test"));

        // Then
        assertThat(missing).contains("ga", "hrss", "mz");
        assertThat(desk.awaitFlow(grant.id(), WholeExchange.LIMIT)).isTrue();
        whole.assertEqualToDatabases();
        assertThat(count("share_yb.yb_people")).isEqualTo(count("base.population"));
    }

    @Test
    @Order(5)
    void aRestartChangesNothingAndGoesOn() throws Exception {
        // Given
        whole.stopStages();
        long written = end("theme.credit.employees");

        // When
        whole.run(catalogue);
        whole.settle();
        long after = end("theme.credit.employees");
        String firm = one("select min(uscc) from theme_credit.enterprises");
        whole.commit(AgencyTable.ENTERPRISE, "DELETE FROM qydj_xx WHERE tyshxydm = '" + firm + "'");

        // Then
        assertThat(after).isEqualTo(written);
        whole.assertEqualToDatabases();
        assertThat(count("theme_credit.enterprises where uscc = '" + firm + "'"))
                .isZero();
    }

    /** How far a topic has been written: the ends of its partitions together. */
    private static long end(String topic) throws Exception {
        try (Admin admin = whole.admin()) {
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(part -> all.put(new TopicPartition(topic, part.partition()), OffsetSpec.latest()));
            return admin.listOffsets(all).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private static long count(String from) {
        return Long.parseLong(one("select count(*) from " + from));
    }

    private static String one(String sql) {
        return whole.lake(sql).getFirst().getFirst();
    }

    /** Adds a file of this test to the catalogue and applies it. */
    private static String apply(String theme) throws Exception {
        Path themes = Files.createDirectories(catalogue.resolve("themes"));
        Files.copy(THEMES.resolve(theme), themes.resolve(theme));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        int exit = commands.execute(
                "apply",
                catalogue.toString(),
                "--by",
                "test",
                "--data",
                whole.data().root().toString());
        assertThat(exit).as(err.toString()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> whole.exchange().catalogue().progress().settled());
        return out.toString();
    }
}
