package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.Collector;
import io.tongdao.collect.SourceState;
import io.tongdao.contract.grant.Grant;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.demo.Settling;
import io.tongdao.ops.demo.Verification;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.LogDestination;
import io.tongdao.ops.exchange.EmbeddedParts;
import io.tongdao.ops.exchange.Exchange;
import io.tongdao.ops.exchange.SampleProvince;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.province.Check;
import io.tongdao.ops.province.Generator;
import io.tongdao.ops.province.LiveScript;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/** The product as it runs, over a small province in a directory of its own: broker, registry, databases, every stage. */
final class WholeExchange implements AutoCloseable {
    /** What these tests ask of the exchange does not need sixteen tables. */
    static final Path CATALOGUE = Path.of("../avro/src/test/resources/catalogue/four-agencies");

    private static final List<String> DATASETS = List.of(
            "ga.household_population",
            "mz.marriage_registration",
            "hrss.social_insurance_enrolment",
            "scjg.enterprise_registration");

    static final Duration LIMIT = Duration.ofSeconds(90);
    private final DataDirectory data;
    private final Generator generator;
    private final AtomicInteger daysAhead = new AtomicInteger();
    private EmbeddedParts parts;
    private Exchange exchange;

    /** Starts the parts and loads the province; {@link #run} starts the stages. */
    WholeExchange(Path dir, int people) throws Exception {
        data = DataDirectory.open(dir);
        LogDestination.use(data);
        generator = new Generator(7, people).only(DATASETS);
        startParts();
    }

    void startParts() throws Exception {
        parts = EmbeddedParts.start(data);
        SampleProvince.prepare(parts, generator, (table, rows) -> {});
    }

    void run(Path catalogue) throws Exception {
        exchange =
                Exchange.start(parts, catalogue, () -> {}, () -> Instant.now().plus(Duration.ofDays(daysAhead.get())));
    }

    /** It is tomorrow, for the rules of the catalogue. */
    void sleep() {
        daysAhead.incrementAndGet();
    }

    /** Runs a catalogue until every snapshot is done. */
    void collect(Path catalogue) throws Exception {
        run(catalogue);
        awaitStreaming();
    }

    void awaitStreaming() {
        await().atMost(LIMIT).until(() -> exchange.collectors().stream().allMatch(WholeExchange::streams));
    }

    boolean streams(String connection) {
        return exchange.collectors().stream()
                .filter(collector -> collector.status().connection().equals(connection))
                .allMatch(WholeExchange::streams);
    }

    private static boolean streams(Collector collector) {
        return collector.status().datasets().stream().allMatch(d -> d.state() == SourceState.State.STREAMING);
    }

    DataDirectory data() {
        return data;
    }

    EmbeddedParts parts() {
        return parts;
    }

    Exchange exchange() {
        return exchange;
    }

    Admin admin() {
        return Admin.create(parts.broker().adminSettings());
    }

    Connection agency(AgencyTable table) throws SQLException {
        return SampleProvince.databases(parts).open(table);
    }

    /** Statements in one transaction of an agency. */
    void commit(AgencyTable table, String... statements) throws SQLException {
        try (Connection connection = agency(table)) {
            commit(connection, statements);
        }
    }

    static void commit(Connection connection, String... statements) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        connection.commit();
    }

    /** A query's rows as text, in the order it gives them. */
    static List<List<String>> rows(ResultSet result) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                row.add(result.getString(column));
            }
            rows.add(row);
        }
        return rows;
    }

    /** SQL over the lakehouse. */
    List<List<String>> lake(String sql) {
        return LakeQuery.open(exchange.lake(), TableRights.ALL).query(sql, WholeExchange::rows);
    }

    /** Files and approves one of the sample's grants, and waits until it flows. */
    Grant open(String id) {
        Grant grant = exchange.desk().file(CATALOGUE.resolve("grants/" + id + ".yaml"), "test");
        Set.copyOf(exchange.desk().missingApprovals(grant))
                .forEach(agency -> exchange.desk().approve(id, agency, "test"));
        assertThat(exchange.desk().awaitFlow(id, LIMIT)).as("%s flows", id).isTrue();
        return exchange.desk().list().get(id);
    }

    void settle() throws Exception {
        try (Settling settling = new Settling(exchange)) {
            settling.await(LIMIT);
        }
        assertThat(exchange.failure()).isNotDone();
    }

    /** Settles, then holds every row of every table against the databases; what the generator planted is left out. */
    void assertEqualToDatabases() throws Exception {
        settle();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(checks()).allMatch(Check::ok));
    }

    private List<Check> checks() throws Exception {
        return new Verification(exchange, generator.people(), true)
                .all(LiveScript.of(generator), 0).stream()
                        .filter(check -> !check.name().endsWith("= planted"))
                        .toList();
    }

    /** Ends the stages, as at a restart; the parts go on. */
    void stopStages() {
        if (exchange != null) {
            exchange.close();
            exchange = null;
        }
    }

    @Override
    public void close() {
        stopStages();
        if (parts != null) {
            parts.close();
            parts = null;
        }
    }
}
