package io.tongdao.ops.bench;

import io.tongdao.contract.plan.Source;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * The agency's table behind {@link Register#HOUSEHOLD} in PostgreSQL, with people of its own, and the catalogue that has it collected: the
 * sample's, with the embedded server's user for that one connection.
 */
final class HouseholdTable implements AutoCloseable {
    /** Rows of one commit: an agency's transaction. */
    private static final int COMMIT = 10;

    private static final int FIRST = 16_000_000;
    private static final String CONNECTION = "ga-db";
    private final BenchServers servers;
    private final Path catalogue;
    private final Source source;
    private final Connection database;
    private final PreparedStatement update;
    private final SplittableRandom random = new SplittableRandom(3);
    private final int people;
    private int changes;

    /** @param work an empty directory for the catalogue */
    HouseholdTable(BenchServers servers, Path sample, Path work, int people) throws IOException, SQLException {
        this.servers = servers;
        this.people = people;
        this.source = servers.source(Source.Engine.POSTGRESQL, CONNECTION, "ga");
        this.catalogue = catalogue(sample, work, source);
        this.database = servers.connect(source);
        create();
        this.update = database.prepareStatement("UPDATE czrk_jbxx SET hjdz = ? WHERE gmsfhm = ?");
        database.setAutoCommit(false);
    }

    /** Begins with a snapshot of the table. */
    CollectChild collect() throws IOException {
        return CollectChild.start(
                CollectOrder.of(source, servers, catalogue),
                servers.work().resolve("logs").resolve(CONNECTION + ".log"));
    }

    /** Changes somebody's address; every tenth change commits it and those before. */
    void change() {
        try {
            update.setString(1, "云南省昆明市五华区人民中路" + ++changes + "号");
            update.setString(2, BenchTable.citizen(FIRST + random.nextInt(people)));
            update.executeUpdate();
            if (changes % COMMIT == 0) {
                database.commit();
            }
        } catch (SQLException e) {
            throw new BenchFailed("a household can't be changed", e);
        }
    }

    private void create() throws SQLException, IOException {
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE czrk_jbxx (gmsfhm varchar(18) PRIMARY KEY, xm varchar(50), cym varchar(50),"
                    + " xb char(1), mz varchar(2), csrq date, hjqh varchar(6), hjdz varchar(200), hh varchar(20),"
                    + " yhzgx varchar(2), jzzdz varchar(200), hkzt varchar(2), rxzpzy varchar(64))");
            statement.execute("ALTER TABLE czrk_jbxx REPLICA IDENTITY FULL");
            statement.execute("CREATE PUBLICATION tongdao FOR TABLE czrk_jbxx");
        }
        StringBuilder rows = new StringBuilder();
        for (int person = FIRST; person < FIRST + people; person++) {
            rows.append(BenchTable.citizen(person)).append("\t姓名\t\\N\t1\t01\t");
            rows.append(LocalDate.ofEpochDay(BenchTable.birth(person))).append("\t530102\t人民中路\t1\t01\t\\N\t10\t\\N\n");
        }
        database.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY czrk_jbxx FROM STDIN", new StringReader(rows.toString()));
    }

    private static Path catalogue(Path sample, Path work, Source source) throws IOException {
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.toList()) {
                Path target = work.resolve(sample.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        Path sources = work.resolve("sources.yaml");
        Files.writeString(
                sources,
                Files.readString(sources)
                        .replace("user: collect_ga,", "user: " + source.user() + ",")
                        .replace("file:${secrets}/ga-db", source.passwordRef()));
        return work;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
