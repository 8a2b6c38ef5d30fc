package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.ops.OneExchange;
import io.tongdao.ops.province.AgencyTable;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** What makes an order hard to keep, through the whole exchange: at the end every table equals the databases, row by row. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrderIT {
    private static final String HOUSEHOLD_COLUMNS =
            "ryid, gmsfhm, xm, xb, mz, csrq, hjqh, hjdz, hh, yhzgx, jzzdz, hkzt";
    private static final int COPIED = 3_000;

    @TempDir
    static Path dir;

    private static WholeExchange whole;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void transactionsLeftOpenAcrossTheSnapshot() throws Exception {
        try (Connection ga = whole.agency(AgencyTable.HOUSEHOLD);
                Connection scjg = whole.agency(AgencyTable.ENTERPRISE)) {
            // Given
            write(
                    ga,
                    person(900_001, 1),
                    "UPDATE czrk_jbxx SET hjdz = '开着的事务' WHERE ryid IN (SELECT min(ryid) FROM czrk_jbxx)");
            write(
                    scjg,
                    "UPDATE qydj_xx SET zs = '开着的事务' ORDER BY ztbh LIMIT 3",
                    "DELETE FROM qydj_xx ORDER BY ztbh DESC LIMIT 1");
            // When
            whole.run(WholeExchange.CATALOGUE);
            await().atMost(WholeExchange.LIMIT).until(() -> whole.streams("scjg-db"));
            assertThat(whole.streams("ga-db"))
                    .as("PostgreSQL's snapshot waits for transactions that write")
                    .isFalse();
            ga.commit();
            scjg.commit();
        }
        whole.awaitStreaming();
        // Then
        whole.assertEqualToDatabases();
        assertThat(whole.lake("select count(*) from src_ga.household_population where hukou_address = '开着的事务'"))
                .isEqualTo(List.of(List.of("1")));
    }

    @Test
    @Order(2)
    void oneTransactionOfSomeThousandRows() throws Exception {
        // Given
        whole.open("wuhua-return");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < COPIED; i++) {
            rows.append("%d,%s,成批%d,1,01,1902-03-04,530102,人民路%d号,H%d,01,,10%n"
                    .formatted(1_000_000 + i, Citizens.number("530102", 1_000 + i), i, i, i));
        }
        // When
        try (Connection ga = whole.agency(AgencyTable.HOUSEHOLD)) {
            ga.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY czrk_jbxx (" + HOUSEHOLD_COLUMNS + ") FROM STDIN (FORMAT csv)",
                            new StringReader(rows.toString()));
        }
        // Then
        whole.assertEqualToDatabases();
        assertThat(whole.lake("select count(*) from return_530102.wuhua_return where full_name like '成批%'"))
                .isEqualTo(List.of(List.of(Integer.toString(COPIED))));
    }

    @Test
    @Order(3)
    void primaryKeysThatChange() throws Exception {
        // When
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "UPDATE czrk_jbxx SET ryid = ryid + 5000000 WHERE ryid BETWEEN 1000000 AND 1000009");
        whole.commit(
                AgencyTable.INSURANCE,
                "UPDATE cbdj_xx SET grsbbh = 'X' || substr(grsbbh, 2) WHERE grsbbh IN (SELECT DISTINCT grsbbh FROM cbdj_xx ORDER BY 1 LIMIT 5)");
        whole.commit(AgencyTable.ENTERPRISE, "UPDATE qydj_xx SET ztbh = ztbh + 5000000 ORDER BY ztbh DESC LIMIT 3");
        // Then
        whole.assertEqualToDatabases();
    }

    @Test
    @Order(4)
    void twoRowsThatSwapTheirIdentifiers() throws Exception {
        // Given
        String third = Citizens.number("530102", 900);
        String one = Citizens.number("530102", 1_020);
        String two = Citizens.number("530102", 1_021);
        String three = Citizens.number("530102", 1_022);
        String four = Citizens.number("530102", 1_023);
        List<List<String>> enterprises =
                ask(AgencyTable.ENTERPRISE, "SELECT ztbh, tyshxydm FROM qydj_xx ORDER BY ztbh LIMIT 2 OFFSET 10");
        // When
        whole.commit(AgencyTable.HOUSEHOLD, identifier(one, third), identifier(two, one), identifier(third, two));
        whole.commit(
                AgencyTable.HOUSEHOLD,
                identifier(three, null),
                identifier(four, three),
                "UPDATE czrk_jbxx SET gmsfhm = '" + four + "' WHERE gmsfhm IS NULL AND ryid = 1000022");
        whole.commit(
                AgencyTable.ENTERPRISE,
                code(enterprises.get(0), "NULL"),
                code(enterprises.get(1), "'" + enterprises.get(0).get(1) + "'"),
                code(enterprises.get(0), "'" + enterprises.get(1).get(1) + "'"));
        // Then
        whole.assertEqualToDatabases();
        assertThat(whole.lake("select full_name from src_ga.household_population where citizen_id in ('" + one + "', '"
                        + two + "', '" + three + "', '" + four + "') order by citizen_id"))
                .hasSize(4);
        assertThat(whole.lake("select full_name from src_ga.household_population where _key = '" + one + "'"))
                .isEqualTo(List.of(List.of("成批21")));
    }

    @Test
    @Order(5)
    void oneKeyDeletedAndInsertedAgainAroundARestart() throws Exception {
        // Given
        String back = Citizens.number("530102", 1_030);
        String other = Citizens.number("530102", 1_031);
        List<String> enterprise = ask(
                        AgencyTable.ENTERPRISE, "SELECT ztbh, tyshxydm FROM qydj_xx ORDER BY ztbh LIMIT 1 OFFSET 20")
                .getFirst();
        String insert = "INSERT INTO qydj_xx (ztbh, tyshxydm, qymc, djzt) VALUES (7000001, '" + enterprise.get(1)
                + "', '重新设立', '10')";
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "DELETE FROM czrk_jbxx WHERE gmsfhm = '" + back + "'",
                "DELETE FROM czrk_jbxx WHERE gmsfhm = '" + other + "'");
        whole.commit(AgencyTable.ENTERPRISE, "DELETE FROM qydj_xx WHERE ztbh = " + enterprise.getFirst());
        // When
        whole.close();
        whole.startParts();
        whole.commit(
                AgencyTable.HOUSEHOLD,
                person(8_000_001, 1_030),
                person(8_000_002, 1_031),
                "DELETE FROM czrk_jbxx WHERE ryid = 8000002");
        whole.commit(AgencyTable.HOUSEHOLD, person(8_000_002, 1_031));
        whole.commit(AgencyTable.ENTERPRISE, insert, "DELETE FROM qydj_xx WHERE ztbh = 7000001", insert);
        whole.collect(WholeExchange.CATALOGUE);
        // Then
        whole.assertEqualToDatabases();
        assertThat(whole.lake("select full_name from src_ga.household_population where _key = '" + back + "'"))
                .isEqualTo(List.of(List.of("另一人")));
        assertThat(whole.lake("select ent_name from src_scjg.enterprise_registration where _key = '" + enterprise.get(1)
                        + "'"))
                .isEqualTo(List.of(List.of("重新设立")));
    }

    private static String person(int ryid, int serial) {
        return "INSERT INTO czrk_jbxx (" + HOUSEHOLD_COLUMNS + ") VALUES (" + ryid + ", '"
                + Citizens.number("530102", serial)
                + "', '另一人', '2', '01', '1903-01-01', '530102', '西昌路1号', 'H1', '01', NULL, '10')";
    }

    private static String identifier(String from, String to) {
        return "UPDATE czrk_jbxx SET gmsfhm = " + (to == null ? "NULL" : "'" + to + "'") + " WHERE gmsfhm = '" + from
                + "'";
    }

    private static String code(List<String> enterprise, String code) {
        return "UPDATE qydj_xx SET tyshxydm = " + code + " WHERE ztbh = " + enterprise.getFirst();
    }

    private static void write(Connection connection, String... statements) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<List<String>> ask(AgencyTable table, String sql) throws SQLException {
        try (Connection connection = whole.agency(table);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return WholeExchange.rows(rows);
        }
    }
}
