package io.tongdao.ops.province;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPapers;
import io.tongdao.contract.grant.GrantScope;
import io.tongdao.contract.grant.GrantStep;
import io.tongdao.contract.grant.GrantTerms;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleIT {
    private static Generator generator = new Generator(11, Integer.getInteger("province.people", 4_000));
    private static Plan plan;

    @TempDir
    static Path directory;

    private static TestProvince province;
    private static ProvinceDatabases databases;
    private static Oracle oracle;
    private static final List<Grant> GRANTS = List.of(
            grant(
                    "yb-enrolment",
                    Grant.Kind.SHARE,
                    "",
                    "enrol_status == '1'",
                    Grant.KeyForm.TOKEN,
                    Map.of(
                            "full_name",
                            Mask.SURNAME,
                            "birth_date",
                            Mask.YEAR,
                            "mobile",
                            Mask.PHONE3_4,
                            "hukou_address",
                            Mask.COUNTY)),
            grant(
                    "wuhua-return",
                    Grant.Kind.RETURN,
                    "530102",
                    "",
                    Grant.KeyForm.CLEAR,
                    Map.of("citizen_id", Mask.KEEP, "full_name", Mask.KEEP, "hukou_division", Mask.KEEP)));

    @BeforeAll
    static void start() throws Exception {
        province = new TestProvince(directory.resolve("data"));
        databases = province.databases();
        plan = PlanCompiler.compile(Catalogue.load(
                Path.of("catalogue"),
                Map.of(
                        "postgresql.host",
                        "127.0.0.1",
                        "postgresql.port",
                        "1",
                        "mariadb.host",
                        "127.0.0.1",
                        "mariadb.port",
                        "1",
                        "secrets",
                        "/none")));
        generator = generator.only(plan.datasets().keySet());
        databases.prepare(generator, TestProvince.CAPTURE, TestProvince.COUNTIES, (table, rows) -> {});
        oracle = new Oracle(
                plan, databases, (grant, domain, value) -> "t1:" + grant.id() + domain.hashCode() + value.hashCode());
    }

    @AfterAll
    static void stop() {
        province.close();
    }

    @Test
    void findsWhatIsPlantedBeforeAndAfterTheScript() throws Exception {
        LiveScript script = LiveScript.of(generator);
        for (int act = 0; act <= LiveScript.ACTS; act++) {
            // Given
            script.run(databases, script.lastOf(act), Duration.ZERO, step -> {});
            Truth truth = script.truth(script.lastOf(act));

            // When
            Verify verify = Verify.against(oracle, GRANTS, generator.people(), false);

            // Then
            assertThat(verify.planted(truth))
                    .as("discrepancies after act %d", act)
                    .matches(Check::ok);
            assertThat(verify.plantedRejects(truth))
                    .as("bad rows after act %d", act)
                    .matches(Check::ok);
            assertThat(truth.disagreements()).isNotEmpty();
        }
    }

    @Test
    void acceptsWhatIsRightAndTellsWhatIsWrongWithoutValues() throws Exception {
        // Given
        Map<String, List<Map<String, Object>>> right = rows();
        Verify verify = Verify.against(oracle, GRANTS, generator.people(), false);

        // When
        List<Check> checks =
                verify.tables(table -> right.getOrDefault(table, List.of()).iterator());
        List<Map<String, Object>> wrong = new ArrayList<>(right.get("base.population"));
        wrong.removeFirst();
        wrong.set(0, with(wrong.get(0), "full_name", "别人"));
        wrong.set(1, with(wrong.get(1), "photo", "more than is granted"));
        wrong.add(with(wrong.get(2), TableReader.KEY, "530102199003071238"));
        wrong.add(wrong.get(3));
        Check population = verify.table("population", "base.population", wrong.iterator());

        // Then
        assertThat(checks)
                .hasSize(plan.datasets().size()
                        + plan.bases().size()
                        + plan.themes().size()
                        + GRANTS.size())
                .allMatch(Check::ok)
                .filteredOn(check -> !check.name().startsWith("theme_chenggong")) // a small district
                .allMatch(check -> check.actual() > 0);
        assertThat(population.ok()).isFalse();
        assertThat(population.missing()).isEqualTo(1);
        assertThat(population.different()).isEqualTo(2);
        assertThat(population.extra()).isEqualTo(2);
        assertThat(population.examples())
                .hasSize(5)
                .anyMatch(example -> example.endsWith("in full_name"))
                .anyMatch(example -> example.endsWith("in photo"))
                .noneMatch(example -> example.contains("530102199003071238") || example.contains("别人"));
    }

    @Test
    void theReturnHoldsTheCountyAndNobodyElse() throws Exception {
        // When
        Map<String, List<Map<String, Object>>> rows = rows();

        // Then
        assertThat(rows.get("return_530102.wuhua_return"))
                .isNotEmpty()
                .allMatch(row -> "530102".equals(row.get("hukou_division")));
        assertThat(rows.get("share_yb.yb_enrolment"))
                .allMatch(row -> String.valueOf(row.get(TableReader.KEY)).startsWith("t1:"))
                .allMatch(row -> row.get("full_name") == null
                        || row.get("full_name").toString().contains("*"))
                .allMatch(row -> row.get("birth_date") == null
                        || row.get("birth_date").toString().length() == 4);
    }

    private static Map<String, List<Map<String, Object>>> rows() throws SQLException {
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        oracle.expect(GRANTS, generator.people(), (table, key, values) -> {
            Map<String, Object> row = new HashMap<>(values);
            row.put(TableReader.KEY, key);
            row.put("_kpart", 3);
            synchronized (rows) {
                rows.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
            }
        });
        return rows;
    }

    private static Map<String, Object> with(Map<String, Object> row, String column, Object value) {
        Map<String, Object> copy = new HashMap<>(row);
        copy.put(column, value);
        return copy;
    }

    private static Grant grant(
            String id, Grant.Kind kind, String territory, String filter, Grant.KeyForm key, Map<String, Mask> items) {
        return new Grant(
                id,
                kind,
                "yb",
                new GrantScope(
                        "base.population", items, filter, territory, territory.isEmpty() ? "" : "hukou_division", key),
                new GrantPapers("medical_insurance", "", "", "", Map.of(), null),
                new GrantTerms(Instant.EPOCH, Instant.MAX, List.of(Grant.Delivery.TABLE), 1, 1),
                Map.of(),
                List.of(new GrantStep(Grant.Status.ACTIVE, 1, "", "", Instant.EPOCH)));
    }
}
