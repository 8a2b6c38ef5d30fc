package io.tongdao.ops.system;

import io.tongdao.ops.embedded.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The civil affairs' register of people in shelters after an earthquake: a database of its own, and two files for the catalogue. */
final class ReliefAgency {
    static final String DATASET = "mz.shelter_registration";
    private static final String DATABASE = "relief";
    private static final Path FILES = Path.of("src/test/resources/incident");
    private final WholeExchange whole;

    private ReliefAgency(WholeExchange whole) {
        this.whole = whole;
    }

    static ReliefAgency make(WholeExchange whole) throws SQLException {
        ReliefAgency agency = new ReliefAgency(whole);
        whole.parts().postgres().createDatabase(DATABASE);
        String secret = Secrets.remembered(whole.data(), "mz-relief-db").reveal();
        agency.commit(
                "CREATE TABLE azdj (djbh varchar(30) PRIMARY KEY, gmsfhm varchar(18), xm varchar(50), azd varchar(100))",
                "ALTER TABLE azdj REPLICA IDENTITY FULL",
                "CREATE PUBLICATION tongdao FOR TABLE azdj",
                "CREATE ROLE collect_relief LOGIN REPLICATION PASSWORD '" + secret + "'",
                "GRANT SELECT ON azdj TO collect_relief");
        return agency;
    }

    void commit(String... statements) throws SQLException {
        try (Connection connection = whole.parts().postgres().connect(DATABASE)) {
            WholeExchange.commit(connection, statements);
        }
    }

    void register(String number, String citizen, String name, String shelter) throws SQLException {
        commit("INSERT INTO azdj VALUES ('%s', '%s', '%s', '%s')".formatted(number, citizen, name, shelter));
    }

    static void addTo(Path catalogue) throws IOException {
        CatalogueCopies.copy(FILES.resolve("sources"), catalogue.resolve("sources"));
        CatalogueCopies.copy(FILES.resolve("datasets"), catalogue.resolve("datasets"));
    }

    static void takeFrom(Path catalogue) throws IOException {
        Files.delete(catalogue.resolve("sources/mz-relief-db.yaml"));
        Files.delete(catalogue.resolve("datasets/mz/shelter_registration.yaml"));
    }

    static Path grant() {
        return FILES.resolve("grants/quake-shelter.yaml");
    }
}
