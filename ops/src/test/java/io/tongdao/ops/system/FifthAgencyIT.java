package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.ops.embedded.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agency that the product has never heard of: four files beside the sample catalogue, and its table is collected and kept. */
class FifthAgencyIT {
    private static final String DATABASE = "zjj";
    private static final String COLUMNS = "zsbh, tyshxydm, qymc, zzlbdj, fzjg, fzrq, yxqz, zszt, jsfzrxm, jzc";
    private static final String ITEMS =
            "certificate_no, uscc, ent_name, qualification, issuer, issue_date, valid_until, cert_status, tech_lead_name, net_assets";
    private static final List<String> ENTERPRISES =
            List.of("91530100525943511Y", "91350100M000100Y43", "91110108551385082Q", "91440300708461136T");

    @TempDir
    static Path dir;

    private static WholeExchange whole;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
        makeDatabase(whole);
        whole.collect(catalogue());
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    void itsTableIsCollectedByCatalogueFilesAlone() throws Exception {
        // Given
        assertThat(database()).hasSize(ENTERPRISES.size());
        awaitEqual();
        // When
        try (Connection connection = connect()) {
            WholeExchange.commit(
                    connection,
                    row("D530000005", ENTERPRISES.get(0)),
                    row("D530000006", ENTERPRISES.get(1)),
                    "UPDATE jzyqyzz_xx SET zszt = '2', jzc = 123456.78 WHERE zsbh = 'D530000001'",
                    "UPDATE jzyqyzz_xx SET tyshxydm = '" + ENTERPRISES.get(3)
                            + "', yxqz = NULL WHERE zsbh = 'D530000002'",
                    "UPDATE jzyqyzz_xx SET zsbh = 'D530000099' WHERE zsbh = 'D530000003'",
                    "DELETE FROM jzyqyzz_xx WHERE zsbh = 'D530000004'");
        }
        // Then
        assertThat(database()).hasSize(5);
        awaitEqual();
        assertThat(whole.exchange().failure()).isNotDone();
    }

    /** The first mistake that a fifth agency makes must not stop the other four. */
    @Test
    void itsBadRowsAreQuarantined() throws Exception {
        // Given
        List<List<String>> before = lake();
        // When
        try (Connection connection = connect()) {
            WholeExchange.commit(connection, row("D530000666", "91530100525943511X"));
        }
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> rejects() == 1);
        assertThat(lake()).isEqualTo(before);
        try (Connection connection = connect()) {
            WholeExchange.commit(connection, "DELETE FROM jzyqyzz_xx WHERE zsbh = 'D530000666'");
        }
    }

    private static long rejects() {
        return whole.exchange().collectors().stream()
                .flatMap(collector -> collector.status().datasets().stream())
                .filter(dataset -> dataset.dataset().equals("zjj.construction_qualification"))
                .mapToLong(dataset -> dataset.rejects())
                .sum();
    }

    private static void awaitEqual() {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(lake()).isEqualTo(database()));
    }

    private static List<List<String>> lake() {
        return whole.lake("select " + ITEMS + " from src_zjj.construction_qualification order by certificate_no");
    }

    private static List<List<String>> database() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT " + COLUMNS + " FROM jzyqyzz_xx ORDER BY zsbh COLLATE \"C\"")) {
            return WholeExchange.rows(rows);
        }
    }

    private static Path catalogue() throws IOException {
        Path catalogue = dir.resolve("catalogue");
        for (Path part : List.of(WholeExchange.CATALOGUE, Path.of("src/test/resources/fifth-agency"))) {
            try (var files = Files.walk(part)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = catalogue.resolve(part.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return catalogue;
    }

    /** What the agency itself does: its table, a publication of it, a login that may read it. */
    private static void makeDatabase(WholeExchange whole) throws SQLException {
        whole.parts().postgres().createDatabase(DATABASE);
        String secret = Secrets.remembered(whole.data(), "zjj-db").reveal();
        try (Connection connection = connect()) {
            WholeExchange.commit(
                    connection,
                    "CREATE TABLE jzyqyzz_xx (zsbh varchar(30) PRIMARY KEY, tyshxydm varchar(18), qymc varchar(200), zzlbdj varchar(200),"
                            + " fzjg varchar(100), fzrq date, yxqz date, zszt char(1), jsfzrxm varchar(50), jzc numeric(18,2))",
                    "ALTER TABLE jzyqyzz_xx REPLICA IDENTITY FULL",
                    "CREATE PUBLICATION tongdao FOR TABLE jzyqyzz_xx",
                    "CREATE ROLE collect_zjj LOGIN REPLICATION PASSWORD '" + secret + "'",
                    "GRANT SELECT ON jzyqyzz_xx TO collect_zjj",
                    row("D530000001", ENTERPRISES.get(0)),
                    row("D530000002", ENTERPRISES.get(1)),
                    row("D530000003", ENTERPRISES.get(2)),
                    row("D530000004", ENTERPRISES.get(3)));
        }
    }

    private static String row(String certificate, String enterprise) {
        return "INSERT INTO jzyqyzz_xx VALUES ('" + certificate + "', '" + enterprise
                + "', '云南某某建设有限公司', '建筑工程施工总承包壹级'," + " '云南省住房和城乡建设厅', '2024-05-01', '2029-04-30', '1', '段宏', 8000.00)";
    }

    private static Connection connect() throws SQLException {
        return whole.parts().postgres().connect(DATABASE);
    }
}
