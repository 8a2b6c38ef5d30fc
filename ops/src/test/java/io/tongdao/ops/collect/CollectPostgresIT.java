package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.Collector;
import io.tongdao.collect.SourceState;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL tables against their src topics: whatever happens to the source or to us, the compacted topic is the table. */
class CollectPostgresIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static Landscape land;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        land = new Landscape(dir);
    }

    @AfterAll
    static void stop() {
        land.close();
    }

    @AfterEach
    void closeCollectors() {
        land.closeCollectors();
    }

    /** A table of people with one row each, in a database of its own. */
    private record People(Source source, Plan plan) {
        static People in(String name) throws Exception {
            Source source = land.source(Source.Engine.POSTGRESQL, name);
            land.run(
                    source,
                    "CREATE TABLE person (pk bigint PRIMARY KEY, cid varchar(20) UNIQUE, name text)",
                    "ALTER TABLE person REPLICA IDENTITY FULL");
            Map<String, ItemType> items = new LinkedHashMap<>();
            items.put("cid", new ItemType.CitizenIdType());
            items.put("name", new ItemType.Text(2_000_000));
            Plan plan = new SourceTables().add(source, "public.person", items, "cid").plan();
            land.provision(plan);
            return new People(source, plan);
        }

        DatasetPlan dataset() {
            return plan.datasets().values().iterator().next();
        }

        void insert(int from, int to) throws SQLException {
            try (Connection connection = land.connect(source);
                    var insert = connection.prepareStatement("INSERT INTO person VALUES (?, ?, ?)")) {
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

        Map<String, Object> table() throws SQLException {
            Map<String, Object> rows = new TreeMap<>();
            try (Connection connection = land.connect(source);
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT cid, name FROM person")) {
                while (found.next()) {
                    rows.put(found.getString(1), found.getString(2));
                }
            }
            return rows;
        }

        void awaitEqual() {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            land.view(dataset().topic()).item("name"))
                    .isEqualTo(table()));
        }

        Collector collect() {
            return land.collect(plan, source);
        }

        Collector collectAndStream() {
            Collector collector = collect();
            await().atMost(SOON).until(() ->
                    collector.status().datasets().getFirst().state() == SourceState.State.STREAMING);
            return collector;
        }
    }

    @Test
    void tableAndTopicAreEqualThroughSnapshotChangesAndRestart() throws Exception {
        // Given
        People people = People.in("basic");
        people.insert(0, 500);
        Collector first = people.collectAndStream();

        // When
        land.run(
                people.source,
                "UPDATE person SET name = 'changed' WHERE pk < 10",
                "DELETE FROM person WHERE pk BETWEEN 10 AND 19",
                "UPDATE person SET cid = '" + Ids.citizen(1000) + "' WHERE pk = 20",
                "UPDATE person SET pk = 2000 WHERE pk = 21");
        people.awaitEqual();
        first.close();
        land.run(people.source, "DELETE FROM person WHERE pk = 30", "UPDATE person SET name = 'offline' WHERE pk = 31");
        people.collectAndStream();
        people.insert(600, 650);

        // Then
        people.awaitEqual();
        assertThat(land.failures).isEmpty();
        assertThat(land.view(people.dataset().topic()).markers()).isEqualTo(SourceTables.PARTITIONS);
    }
}
