package io.tongdao.ops.province;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProvinceDatabasesIT {
    private static final Generator GENERATOR = new Generator(42, Integer.getInteger("province.people", 3_000));

    @TempDir
    static Path directory;

    private static TestProvince province;
    private static ProvinceDatabases databases;

    @BeforeAll
    static void start() throws InterruptedException {
        province = new TestProvince(directory.resolve("data"));
        databases = province.databases();
    }

    @AfterAll
    static void stop() {
        province.close();
    }

    @Test
    @Order(1)
    void loadsOnceAndRefusesAnotherProvince() throws SQLException {
        // Given
        TreeMap<AgencyTable, Long> heard = new TreeMap<>();

        // When
        boolean fresh = databases.prepare(GENERATOR, TestProvince.CAPTURE, TestProvince.COUNTIES, heard::put);
        boolean again = databases.prepare(GENERATOR, TestProvince.CAPTURE, TestProvince.COUNTIES, heard::put);

        // Then
        assertThat(fresh).isTrue();
        assertThat(again).isFalse();
        for (AgencyTable table : AgencyTable.values()) {
            assertThat(heard).containsEntry(table, count(table));
        }
        assertThatThrownBy(() -> databases.prepare(
                        new Generator(43, GENERATOR.people()), TestProvince.CAPTURE, TestProvince.COUNTIES, heard::put))
                .isInstanceOf(OtherProvinceException.class)
                .hasMessageContaining("--seed 42");
    }

    @Test
    @Order(2)
    void captureReadsItsTableAndNothingElse() throws SQLException {
        for (AgencyTable table : AgencyTable.values()) {
            // Given
            ProvinceDatabases.Login login = TestProvince.CAPTURE.get(table.database());
            AgencyTable other = table == AgencyTable.HOUSEHOLD ? AgencyTable.MARRIAGE : AgencyTable.HOUSEHOLD;

            // When
            try (Connection own = DriverManager.getConnection(province.url(table), login.user(), login.password());
                    Statement statement = own.createStatement()) {
                // Then
                assertThat(statement
                                .executeQuery("SELECT 1 FROM " + table.table())
                                .next())
                        .isTrue();
                assertThatThrownBy(() -> statement.execute("DELETE FROM " + table.table()))
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM " + Marker.TABLE))
                        .isInstanceOf(SQLException.class);
            }
            assertThatThrownBy(() -> DriverManager.getConnection(province.url(other), login.user(), login.password()))
                    .isInstanceOf(SQLException.class);
        }
    }

    /** A kill leaves either a committed step or none: cutting between steps and inside one are both tried. */
    @Test
    @Order(3)
    void aScriptThatIsCutAnywhereEndsLikeAnUnbrokenOne() throws Exception {
        // Given
        LiveScript script = LiveScript.of(GENERATOR);
        int last = script.steps().size();
        script.run(databases, last, Duration.ZERO, step -> {});
        List<List<String>> unbroken = content();
        reload();
        Random cuts = new Random(5);

        // When
        int runs = 0;
        while (script.done(databases) < last) {
            int cut = script.done(databases) + 1 + cuts.nextInt(30);
            runs++;
            try {
                LiveScript.of(GENERATOR).run(databases, last, Duration.ZERO, step -> {
                    if (step.number() >= cut) {
                        throw new IllegalStateException("cut");
                    }
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("cut");
                abandon(script);
            }
        }

        // Then
        assertThat(runs).isGreaterThan(3);
        assertThat(content()).isEqualTo(unbroken);
    }

    /** What a kill in the midst of the next step leaves: its changes, never committed. */
    private static void abandon(LiveScript script) throws SQLException {
        int done = script.done(databases);
        if (done < script.steps().size()) {
            Step next = script.steps().get(done);
            try (Connection connection = databases.open(next.table())) {
                connection.setAutoCommit(false);
                next.changes().getFirst().apply(connection);
                connection.rollback();
            }
        }
    }

    private static void reload() throws SQLException {
        for (AgencyTable table : AgencyTable.values()) {
            try (Connection connection = databases.open(table);
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS " + Marker.TABLE);
                statement.execute("DROP TABLE IF EXISTS " + Marker.SCRIPT);
            }
        }
        databases.prepare(GENERATOR, TestProvince.CAPTURE, TestProvince.COUNTIES, (table, rows) -> {});
    }

    private static List<List<String>> content() throws SQLException {
        List<List<String>> all = new ArrayList<>();
        for (AgencyTable table : AgencyTable.values()) {
            try (Connection connection = databases.open(table);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT * FROM " + table.table() + " ORDER BY " + String.join(",", table.key()))) {
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= table.columns().size(); i++) {
                        row.add(String.valueOf(rows.getString(i)));
                    }
                    all.add(row);
                }
            }
        }
        return all;
    }

    private static long count(AgencyTable table) throws SQLException {
        try (Connection connection = databases.open(table);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table.table())) {
            row.next();
            return row.getLong(1);
        }
    }
}
