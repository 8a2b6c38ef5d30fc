package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.Collector;
import io.tongdao.collect.SourceState;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A table {@code person (pk, cid, name)} with one row a person, in a database of its own, and its src topic. */
record People(Landscape land, Source source, Plan plan, String table) {
    static final Duration SOON = Duration.ofSeconds(60);

    static People in(Landscape land, Source.Engine engine, String name, String... rowKey) throws Exception {
        Source source = land.source(engine, name);
        boolean pg = engine == Source.Engine.POSTGRESQL;
        String unique = rowKey.length > 0 && pg ? " UNIQUE DEFERRABLE INITIALLY DEFERRED" : " UNIQUE";
        String text = engine == Source.Engine.SQLSERVER ? "nvarchar" : "varchar";
        land.run(
                source,
                "CREATE TABLE person (pk bigint PRIMARY KEY, cid varchar(20)" + (rowKey.length > 0 && !pg ? "" : unique)
                        + ", name " + text + "(200))");
        if (pg) {
            land.run(source, "ALTER TABLE person REPLICA IDENTITY FULL");
        }
        if (engine == Source.Engine.SQLSERVER) {
            capture(land, source);
        }
        Plan plan = plan(source, rowKey);
        land.provision(plan);
        return new People(land, source, plan, table(source));
    }

    /** Until a first change has been captured the source is refused: a position before the capture could not be told. */
    private static void capture(Landscape land, Source source) throws Exception {
        land.run(
                source,
                "EXEC sys.sp_cdc_enable_table N'dbo', N'person', @role_name = NULL",
                "EXEC sys.sp_cdc_change_job N'capture', @pollinginterval = 1",
                "EXEC sys.sp_cdc_stop_job N'capture'",
                "EXEC sys.sp_cdc_start_job N'capture'",
                "INSERT INTO person VALUES (-1, 'first', 'captured')",
                "DELETE FROM person");
        await().atMost(SOON).until(() -> {
            try (Connection connection = land.connect(source);
                    Statement statement = connection.createStatement()) {
                return statement
                        .executeQuery("SELECT 1 WHERE sys.fn_cdc_get_max_lsn() > sys.fn_cdc_get_min_lsn('dbo_person')")
                        .next();
            }
        });
    }

    static String table(Source source) {
        return switch (source.engine()) {
                    case POSTGRESQL -> "public";
                    case SQLSERVER -> "dbo";
                    case MARIADB, MYSQL, ORACLE -> source.database();
                }
                + ".person";
    }

    static Plan plan(Source source, String... rowKey) {
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("cid", new ItemType.CitizenIdType());
        items.put("name", new ItemType.Text(200));
        items.put("pk", new ItemType.BigInt());
        return new SourceTables()
                .add(source, table(source), items, "cid", rowKey)
                .plan();
    }

    DatasetPlan dataset() {
        return plan.datasets().values().iterator().next();
    }

    void insert(int from, int to) throws SQLException {
        try (Connection connection = land.connect(source);
                var insert = connection.prepareStatement("INSERT INTO person (pk, cid, name) VALUES (?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = from; i < to; i++) {
                insert.setInt(1, i);
                insert.setString(2, Ids.citizen(i));
                insert.setString(3, "姓名" + i);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    void run(String... statements) throws SQLException {
        land.run(source, statements);
    }

    /** All statements in one transaction. */
    void transaction(String... statements) throws SQLException {
        try (Connection connection = land.connect(source);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** Key → name, as the src topic must have it. */
    Map<String, Object> rows() throws SQLException {
        Map<String, Object> rows = new TreeMap<>();
        try (Connection connection = land.connect(source);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT cid, name, pk FROM person")) {
            while (found.next()) {
                boolean more = !dataset().rowKey().isEmpty();
                rows.put(found.getString(1) + (more ? "|" + found.getLong(3) : ""), found.getString(2));
            }
        }
        return rows;
    }

    TopicView topic() {
        return land.view(dataset().topic());
    }

    /** The compacted topic is the table, and so is what a reader holds that goes by position. */
    void awaitEqual() {
        await().atMost(SOON).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
            TopicView topic = topic();
            Map<String, Object> rows = rows();
            assertThat(topic.item("name").equals(rows))
                    .as("compacted topic is the table")
                    .isTrue();
            assertThat(topic.itemByPosition("name").equals(rows))
                    .as("reader by position has the table")
                    .isTrue();
        });
    }

    Collector collect() {
        return land.collect(plan, source);
    }

    Collector collectAndStream() {
        Collector collector = collect();
        awaitStreaming(collector);
        return collector;
    }

    static void awaitStreaming(Collector collector) {
        await().atMost(SOON)
                .until(() -> collector.status().datasets().getFirst().state() == SourceState.State.STREAMING);
    }
}
