package io.tongdao.ops.system;

import io.tongdao.ops.embedded.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** An agency that the product has never heard of: its own database, and four files for the catalogue. */
final class FifthAgency {
    static final List<String> ENTERPRISES =
            List.of("91530100525943511Y", "91350100M000100Y43", "91110108551385082Q", "91440300708461136T");
    private static final String DATABASE = "zjj";
    private static final String COLUMNS = "zsbh, tyshxydm, qymc, zzlbdj, fzjg, fzrq, yxqz, zszt, jsfzrxm, jzc";
    private static final String ITEMS =
            "certificate_no, uscc, ent_name, qualification, issuer, issue_date, valid_until, cert_status,"
                    + " tech_lead_name, net_assets";
    private final WholeExchange whole;

    private FifthAgency(WholeExchange whole) {
        this.whole = whole;
    }

    /** What the agency itself does: its table with four rows, a publication of it, a login that may read it. */
    static FifthAgency make(WholeExchange whole) throws SQLException {
        FifthAgency agency = new FifthAgency(whole);
        whole.parts().postgres().createDatabase(DATABASE);
        String secret = Secrets.remembered(whole.data(), "zjj-db").reveal();
        try (Connection connection = agency.connect()) {
            WholeExchange.commit(
                    connection,
                    "CREATE TABLE jzyqyzz_xx (zsbh varchar(30) PRIMARY KEY, tyshxydm varchar(18), qymc varchar(200),"
                            + " zzlbdj varchar(200), fzjg varchar(100), fzrq date, yxqz date, zszt char(1), jsfzrxm"
                            + " varchar(50), jzc numeric(18,2))",
                    "ALTER TABLE jzyqyzz_xx REPLICA IDENTITY FULL",
                    "CREATE PUBLICATION tongdao FOR TABLE jzyqyzz_xx",
                    "CREATE ROLE collect_zjj LOGIN REPLICATION PASSWORD '" + secret + "'",
                    "GRANT SELECT ON jzyqyzz_xx TO collect_zjj",
                    row("D530000001", ENTERPRISES.get(0)),
                    row("D530000002", ENTERPRISES.get(1)),
                    row("D530000003", ENTERPRISES.get(2)),
                    row("D530000004", ENTERPRISES.get(3)));
        }
        return agency;
    }

    /** Its four files, beside what a catalogue has. */
    static void addTo(Path catalogue) throws IOException {
        CatalogueCopies.copy(Path.of("src/test/resources/fifth-agency"), catalogue);
    }

    Connection connect() throws SQLException {
        return whole.parts().postgres().connect(DATABASE);
    }

    static String row(String certificate, String enterprise) {
        return "INSERT INTO jzyqyzz_xx VALUES ('" + certificate + "', '" + enterprise
                + "', '云南某某建设有限公司', '建筑工程施工总承包壹级'," + " '云南省住房和城乡建设厅', '2024-05-01', '2029-04-30', '1', '段宏', 8000.00)";
    }

    List<List<String>> lake() {
        return whole.lake("select " + ITEMS + " from src_zjj.construction_qualification order by certificate_no");
    }

    List<List<String>> database() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT " + COLUMNS + " FROM jzyqyzz_xx ORDER BY zsbh COLLATE \"C\"")) {
            return WholeExchange.rows(rows);
        }
    }
}
