package io.tongdao.ops.bench;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.demo.DemoGrants;
import io.tongdao.ops.demo.LiveReader;
import io.tongdao.ops.demo.Settling;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.LogDestination;
import io.tongdao.ops.exchange.EmbeddedParts;
import io.tongdao.ops.exchange.Exchange;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.exchange.RunningExchange;
import io.tongdao.ops.exchange.SampleProvince;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.province.Generator;
import io.tongdao.ops.province.ProvinceDatabases;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * The whole path: a commit in an agency's database until the authorised consumer has the record, at a steady rate, while the whole exchange of
 * the sample province runs in one process: every stage, the lakehouse and the returns beside it.
 */
public final class PathBench {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final double MOST_MILLIS = 1500;
    /** Connections of the agency's system that commit side by side. */
    private static final int CLERKS = 8;

    private static final String HOUSEHOLD = "src.ga.household_population";

    private final EmbeddedParts parts;
    private final Exchange exchange;
    private final Load load;
    private final PrintWriter out;

    /**
     * @param people of the province
     * @param rate commits a second, one changed row each
     * @param seconds that are measured
     * @param warmUp seconds before, at the same rate: the process is a minute old, one that serves an authority is not
     */
    public record Load(int people, int rate, int seconds, int warmUp, long seed) {}

    private PathBench(EmbeddedParts parts, Exchange exchange, Load load, PrintWriter out) {
        this.parts = parts;
        this.exchange = exchange;
        this.load = load;
        this.out = out;
    }

    /** @param work an empty directory */
    public static List<Bar> run(Path work, Path catalogue, Load load, PrintWriter out)
            throws IOException, SQLException, InterruptedException, TimeoutException {
        DataDirectory data = DataDirectory.open(work);
        LogDestination.use(data);
        try (EmbeddedParts parts = EmbeddedParts.start(data)) {
            Plan plan = PlanSource.compile(
                    catalogue, SampleProvince.variables(parts), RunningExchange.accepted(data.root()));
            Generator generator = SampleProvince.of(plan, new Generator(load.seed(), load.people()));
            SampleProvince.prepare(parts, generator, (table, rows) -> {});
            try (Exchange exchange = Exchange.start(parts, catalogue)) {
                return new PathBench(parts, exchange, load, out).measure(catalogue);
            }
        }
    }

    private List<Bar> measure(Path catalogue) throws SQLException, InterruptedException, TimeoutException {
        new DemoGrants(exchange.desk(), catalogue).open(DemoGrants.SHARE);
        worked();
        Grant share = Objects.requireNonNull(exchange.desk().list().get(DemoGrants.SHARE));
        List<String> insured = insured();
        out.printf(Locale.ROOT, "%,d people, %,d of them in the grant%n", load.people(), insured.size());
        out.flush();
        try (LiveReader reader = new LiveReader(
                exchange.client(share.principal()),
                parts.registry().url(),
                share.principal() + ".path",
                share.topic())) {
            reader.awaitCaughtUp();
            long before;
            double rate;
            try (HopReader src = hop(HOUSEHOLD);
                    HopReader base = hop(share.table());
                    HopReader released = hop(share.topic())) {
                commit(insured, 0, load.warmUp());
                reader.measure();
                before = reader.records();
                rate = commit(insured, 1, load.seconds());
                worked();
                reader.awaitCaughtUp();
                List.of(src, base, released).forEach(hop -> hop.print(out));
            }
            int committed = load.rate() * load.seconds();
            out.printf(
                    Locale.ROOT,
                    "%,d commits, %,.0f a second; %,d released records; p50 %,d ms, p90 %,d ms, p99 %,d ms%n",
                    committed,
                    rate,
                    reader.records() - before,
                    reader.latencies().percentile(0.5),
                    reader.latencies().percentile(0.9),
                    reader.latencies().percentile(0.99));
            return List.of(
                    Bar.least("commits/s that the database took, of those asked for", rate / load.rate(), 0.95),
                    Bar.most(
                            "ms from an agency's commit to the consumer, p99",
                            reader.latencies().percentile(0.99),
                            MOST_MILLIS));
        }
    }

    private HopReader hop(String topic) {
        return new HopReader(parts.broker().adminSettings(), topic);
    }

    /** However long it takes: what comes late counts. */
    private void worked() throws InterruptedException, TimeoutException {
        try (Settling settling = new Settling(exchange)) {
            settling.awaitStages(LIMIT);
        }
    }

    private List<String> insured() throws SQLException {
        try (Connection connection = SampleProvince.databases(parts).open(AgencyTable.INSURANCE);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT DISTINCT gmsfhm FROM cbdj_xx WHERE cbzt = '1' ORDER BY 1")) {
            List<String> insured = new ArrayList<>();
            while (rows.next()) {
                insured.add(rows.getString(1));
            }
            return insured;
        }
    }

    /**
     * People move from one county to another, and back in the next round.
     *
     * @return commits a second
     */
    private double commit(List<String> people, int round, int seconds) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        List<Thread> clerks = new ArrayList<>();
        List<SQLException> failed = new ArrayList<>();
        ProvinceDatabases databases = SampleProvince.databases(parts);
        for (int clerk = 0; clerk < CLERKS; clerk++) {
            int first = clerk;
            clerks.add(Thread.ofPlatform().name("clerk").start(() -> {
                try (Connection connection = databases.open(AgencyTable.HOUSEHOLD)) {
                    commit(connection, people, first, round, seconds);
                } catch (SQLException e) {
                    synchronized (failed) {
                        failed.add(e);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread clerk : clerks) {
            clerk.join();
        }
        if (!failed.isEmpty()) {
            throw failed.getFirst();
        }
        return load.rate() * seconds / ((System.nanoTime() - begin) / 1e9);
    }

    private void commit(Connection connection, List<String> people, int first, int round, int seconds)
            throws SQLException, InterruptedException {
        String sql =
                "UPDATE czrk_jbxx SET hjqh = CASE hjqh WHEN '530103' THEN '530111' ELSE '530103' END WHERE gmsfhm = ?";
        connection.setAutoCommit(true);
        long begin = System.nanoTime();
        try (PreparedStatement move = connection.prepareStatement(sql)) {
            for (int change = first; change < load.rate() * seconds; change += CLERKS) {
                long due = begin + change * 1_000_000_000L / load.rate();
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
                move.setString(1, people.get((change + round * 7) % people.size()));
                move.executeUpdate();
            }
        }
    }
}
