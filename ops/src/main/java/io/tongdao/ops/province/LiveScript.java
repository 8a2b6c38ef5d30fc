package io.tongdao.ops.province;

import io.tongdao.ops.province.Truth.Discrepancy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The province's life after the load: a list of transactions that a seed decides. Each advances the script's mark in its own
 * database, so a run that was killed at any moment goes on exactly where it stopped, and the databases end the same.
 */
public final class LiveScript {
    public static final int ACTS = 4;

    private final Generator generator;
    private final List<Step> steps;

    /** Hears of each step, on the thread that runs them. */
    @FunctionalInterface
    public interface Listener {
        /** Called when the step is committed. */
        void committed(Step step);
    }

    private LiveScript(Generator generator, List<Step> steps) {
        this.generator = generator;
        this.steps = steps;
    }

    /** The script of a province: some 130 steps in the first four registers and five in each other, fewer in a province too small for all. */
    public static LiveScript of(Generator generator) {
        Stage stage = new Stage();
        Cast cast = new Cast(generator);
        new PoliceScenes(generator, cast, stage).play();
        new InsuranceScenes(generator, cast, stage).play();
        new MarriageScenes(cast, stage).play();
        new MarketScenes(generator, cast, stage).play();
        RegisterScenes registers = new RegisterScenes(generator, stage);
        registers.play();
        new CheckScenes(generator, cast, registers, stage).play();
        List<Step> all = stage.inOrder(generator.seed());
        if (!all.stream().allMatch(step -> generator.tables().contains(step.table()))) {
            throw new IllegalArgumentException("a province lives with its first four registers: " + generator.tables());
        }
        return new LiveScript(generator, all);
    }

    public List<Step> steps() {
        return steps;
    }

    /** The number of the last step of an act. */
    public int lastOf(int act) {
        return (int) steps.stream().filter(step -> step.act() <= act).count();
    }

    /** How many steps the databases have seen: those up to the furthest mark. */
    public int done(ProvinceDatabases databases) throws SQLException {
        int done = 0;
        for (AgencyTable table : generator.tables()) {
            try (Connection connection = databases.open(table)) {
                done = Math.max(done, mark(connection));
            }
        }
        return done;
    }

    /**
     * Runs the steps that aren't done, in order, up to {@code last}.
     *
     * @param pace time from the end of one step to the start of the next
     */
    public void run(ProvinceDatabases databases, int last, Duration pace, Listener listener)
            throws SQLException, InterruptedException {
        try (Connections connections = new Connections(databases, generator.tables())) {
            for (Step step : steps.subList(0, last)) {
                if (step.number() > connections.mark(step.table())) {
                    step.run(connections.of(step.table()));
                    listener.committed(step);
                    Thread.sleep(pace);
                }
            }
        }
    }

    /** What is true once the first {@code done} steps have happened. */
    public Truth truth(int done) {
        Truth planted = generator.truth();
        Set<Discrepancy> open = new TreeSet<>(planted.disagreements());
        Map<String, Integer> bad = new TreeMap<>(planted.badRows());
        for (Step step : steps.subList(0, done)) {
            open.removeAll(step.effect().closes());
            open.addAll(step.effect().opens());
            step.effect().badRows().forEach((dataset, more) -> bad.merge(dataset, more, Integer::sum));
        }
        return new Truth(open, bad, planted.respelt(), planted.unknownToPolice());
    }

    private static int mark(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT step FROM " + Marker.SCRIPT + " WHERE id = 1")) {
            if (!row.next()) {
                throw new IllegalStateException("the script's mark is missing: the province is not loaded");
            }
            return row.getInt(1);
        }
    }

    /** One connection a database for the length of a run, and the mark that each had at its start. */
    private static final class Connections implements AutoCloseable {
        private final Map<String, Connection> open = new HashMap<>();
        private final Map<String, Integer> marks = new HashMap<>();

        Connections(ProvinceDatabases databases, Set<AgencyTable> tables) throws SQLException {
            for (AgencyTable table : tables) {
                if (!open.containsKey(table.database())) {
                    Connection connection = databases.open(table);
                    open.put(table.database(), connection);
                    connection.setAutoCommit(false);
                    marks.put(table.database(), LiveScript.mark(connection));
                    connection.commit();
                }
            }
        }

        int mark(AgencyTable table) {
            return marks.getOrDefault(table.database(), 0);
        }

        Connection of(AgencyTable table) {
            Connection connection = open.get(table.database());
            if (connection == null) {
                throw new IllegalStateException("no connection for " + table);
            }
            return connection;
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : open.values()) {
                connection.close();
            }
        }
    }
}
