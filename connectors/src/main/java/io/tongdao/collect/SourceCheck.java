package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.SubjectPlan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks an agency's database, before anything is read, whether its tables can be collected without loss: full before-images, a primary
 * key, all columns of the catalogue, and a unique, immediate constraint where the catalogue relies on one. Each refusal names the
 * dataset and the SQL to run; all are reported at once.
 */
sealed interface SourceCheck permits PostgresCheck, BinlogCheck, SqlServerCheck {
    String FULL_IMAGES = "the table needs full before-images (REPLICA IDENTITY FULL, binlog_row_image=FULL)";

    /** What is wrong with the server's own settings. */
    List<String> server(Connection database) throws SQLException;

    /** What is wrong with one table beside its columns and keys. */
    List<String> table(Connection database, DatasetPlan dataset) throws SQLException;

    /** The table's columns by their own names; empty: there is no such table. */
    Set<String> columns(Connection database, DatasetPlan dataset) throws SQLException;

    List<String> primaryKey(Connection database, DatasetPlan dataset) throws SQLException;

    /** The column sets of all unique constraints that hold at every moment and for all rows. */
    List<Set<String>> unique(Connection database, DatasetPlan dataset) throws SQLException;

    /** About how many rows a table has, by the database's own figures; -1: it has none. */
    long estimate(Connection database, DatasetPlan dataset) throws SQLException;

    /**
     * What was found.
     *
     * @param server what is wrong with the server's own settings: nothing can be collected
     * @param tables dataset → what is wrong with its table; without an entry it is fit
     * @param estimates dataset → about how many rows its table has, -1: unknown
     */
    record Findings(List<String> server, Map<String, List<String>> tables, Map<String, Long> estimates) {
        /** @throws CollectException if the server, or the table of one of these datasets, is not fit */
        void refuse(Source source, Set<String> datasets) {
            List<String> problems = new ArrayList<>(server);
            tables.forEach((dataset, found) -> {
                if (datasets.contains(dataset)) {
                    found.forEach(problem -> problems.add(dataset + ": " + problem));
                }
            });
            if (!problems.isEmpty()) {
                throw new CollectException("connection " + source.name() + ": " + String.join("; ", problems));
            }
        }
    }

    /** @throws SourceAwayException if the database can't be asked */
    static Findings check(Source source, List<DatasetPlan> datasets, String password) {
        SourceCheck check = switch (source.engine()) {
            case POSTGRESQL -> new PostgresCheck();
            case MARIADB -> new MariaDbCheck();
            case MYSQL -> new MySqlCheck();
            case SQLSERVER -> new SqlServerCheck();
            case ORACLE ->
                throw new CollectException("connection " + source.name() + ": "
                        + unavailable(source.engine()).getMessage());
        };
        Map<String, List<String>> tables = new TreeMap<>();
        Map<String, Long> estimates = new TreeMap<>();
        try (Connection database = connect(source, password)) {
            for (DatasetPlan dataset : datasets) {
                List<String> problems = check.all(database, dataset);
                if (!problems.isEmpty()) {
                    tables.put(dataset.id(), problems);
                }
                estimates.put(dataset.id(), check.estimate(database, dataset));
            }
            return new Findings(check.server(database), tables, estimates);
        } catch (SQLException e) {
            throw new SourceAwayException(
                    "connection %s: %s:%d/%s can't be asked (SQL state %s); is it up, and do user and password fit?"
                            .formatted(
                                    source.name(), source.host(), source.port(), source.database(), e.getSQLState()));
        }
    }

    /** The catalogue may name an engine whose connector is not in this build. */
    static CollectException unavailable(Source.Engine engine) {
        return new CollectException("engine " + engine.word() + " is not in this build: its Debezium connector"
                + " (io.debezium:debezium-connector-oracle) and the JDBC driver (com.oracle.database.jdbc:ojdbc11) have"
                + " to be added first, as ops/docs/engineer.md says under Oracle");
    }

    static Connection connect(Source source, String password) throws SQLException {
        return DriverManager.getConnection(
                SourceUrl.of(source.engine(), source.host(), source.port(), source.database()),
                source.user(),
                password);
    }

    private List<String> all(Connection database, DatasetPlan dataset) throws SQLException {
        Set<String> columns = columns(database, dataset);
        if (columns.isEmpty()) {
            return List.of("there is no table " + dataset.table() + ", or the user may not read it");
        }
        List<String> problems = new ArrayList<>(table(database, dataset));
        for (ItemPlan item : dataset.items().values()) {
            if (!item.name().equals(SubjectPlan.ROLE_ITEM) && !columns.contains(folded(item.sourceName()))) {
                problems.add("table %s has no column %s (item %s)"
                        .formatted(dataset.table(), item.sourceName(), item.name()));
            }
        }
        if (primaryKey(database, dataset).isEmpty()) {
            problems.add("table " + dataset.table() + " has no primary key: ALTER TABLE " + dataset.table()
                    + " ADD PRIMARY KEY (…)");
        }
        problems.addAll(keys(database, dataset));
        return problems;
    }

    /** A row key must tell all rows of a subject apart at every moment: only a constraint can promise that. */
    private List<String> keys(Connection database, DatasetPlan dataset) throws SQLException {
        List<Set<String>> unique = unique(database, dataset);
        List<String> problems = new ArrayList<>();
        for (SubjectPlan subject : dataset.subjects()) {
            if (!subject.role().isEmpty() && dataset.rowKey().isEmpty()) {
                continue;
            }
            Set<String> key = new HashSet<>(Set.of(column(dataset, subject.item())));
            dataset.rowKey().forEach(item -> key.add(column(dataset, item)));
            if (unique.stream().noneMatch(key::containsAll)) {
                String list = String.join(", ", new java.util.TreeSet<>(key));
                problems.add(
                        "no unique, non-deferrable constraint on (%s): declare a row_key, or ALTER TABLE %s ADD UNIQUE (%s)"
                                .formatted(list, dataset.table(), list));
            }
        }
        return problems;
    }

    private static String column(DatasetPlan dataset, String item) {
        ItemPlan plan = dataset.items().get(item);
        if (plan == null) {
            throw new CollectException(dataset.id() + ": " + item + " is not an item");
        }
        return folded(plan.sourceName());
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
