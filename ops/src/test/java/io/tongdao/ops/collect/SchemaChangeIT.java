package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.tongdao.collect.CollectOrder;
import io.tongdao.collect.Collector;
import io.tongdao.collect.Reject;
import io.tongdao.collect.SchemaFlag;
import io.tongdao.collect.SchemaFlag.Kind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.Source.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An agency changes its table while it is collected: what the catalogue doesn't rely on flows on, what it relies on waits in quarantine
 * until the catalogue follows, and nothing is lost. One collection lives through all of it, and so does the table beside.
 */
class SchemaChangeIT {
    @TempDir
    private static Path dir;

    private static Landscape land;

    @BeforeAll
    static void start() throws Exception {
        land = new Landscape(dir);
    }

    @AfterAll
    static void stop() {
        land.close();
    }

    /** Two tables of one connection, as the catalogue has them at a moment. */
    private static final class World {
        final Engine engine;
        final Source source;
        final Map<String, ItemType> items = new LinkedHashMap<>();
        Plan plan;
        Collector collector;
        int last = 100;

        World(Engine engine) throws Exception {
            this.engine = engine;
            source = land.source(engine, "change_" + engine.name().toLowerCase(Locale.ROOT));
            for (String table : new String[] {"person", "beside"}) {
                sql("CREATE TABLE " + table
                        + " (pk bigint PRIMARY KEY, cid varchar(20) UNIQUE, name varchar(50), age int,"
                        + " note varchar(20))");
                if (pg()) {
                    sql("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
                }
                for (int i = 0; i < 20; i++) {
                    sql("INSERT INTO " + table + " VALUES (" + i + ", '" + Ids.citizen(i) + "', 'n" + i
                            + "', 30, 'x')");
                }
            }
            items.put("cid", new ItemType.CitizenIdType());
            items.put("name", new ItemType.Text(50));
            items.put("age", new ItemType.Int());
            plan = plan(UnaryOperator.identity());
            land.provision(plan);
            collector = land.collect(plan, source);
            People.awaitStreaming(collector);
        }

        boolean pg() {
            return engine == Engine.POSTGRESQL;
        }

        void sql(String... statements) throws Exception {
            land.run(source, statements);
        }

        String table(String name) {
            return (pg() ? "public." : source.database() + ".") + name;
        }

        Plan plan(UnaryOperator<ItemPlan> change) {
            Map<String, ItemType> beside = new LinkedHashMap<>(Map.of("cid", new ItemType.CitizenIdType()));
            beside.put("name", new ItemType.Text(50));
            Plan made = new SourceTables()
                    .add(source, table("person"), items, "cid")
                    .add(source, table("beside"), beside, "cid")
                    .plan();
            made.datasets().get(id()).items().replaceAll((name, item) -> change.apply(item));
            return made;
        }

        String id() {
            return source.name() + ".person";
        }

        DatasetPlan dataset() {
            return plan.datasets().get(id());
        }

        void apply(Plan next) throws Exception {
            land.registry.register(
                    next.datasets().get(id()).topic().valueSubject(),
                    new AvroSchema(next.datasets().get(id()).topic().schema()));
            plan = next;
            collector.apply(next);
        }

        /** Each change is seen with the next row: updates one, deletes one, inserts one. */
        void touch() throws Exception {
            int next = last++;
            sql(
                    "INSERT INTO person (pk, cid) VALUES (" + next + ", '" + Ids.citizen(next) + "')",
                    "UPDATE person SET note2 = 'z' WHERE cid = '" + Ids.citizen(next % 20) + "'",
                    "DELETE FROM person WHERE cid = '" + Ids.citizen(next - 60) + "'");
        }

        Map<String, Object> rows(String column) throws Exception {
            Map<String, Object> rows = new TreeMap<>();
            try (Connection connection = land.connect(source);
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT cid, " + column + " FROM person")) {
                while (found.next()) {
                    rows.put(found.getString(1), String.valueOf(found.getString(2)));
                }
            }
            return rows;
        }

        void awaitEqual(String item, String column) {
            await().atMost(People.SOON)
                    .untilAsserted(() ->
                            assertThat(land.view(dataset().topic()).item(item)).isEqualTo(rows(column)));
            await().atMost(People.SOON)
                    .untilAsserted(() -> assertThat(land.rejects(id())).isEmpty());
        }

        void awaitHeld(Kind kind, String code) {
            await().atMost(People.SOON).untilAsserted(() -> {
                SchemaFlag flag = land.shape(id());
                assertThat(flag.changes()).anyMatch(c -> c.kind() == kind && !c.compatible());
                assertThat(land.rejects(id()))
                        .isNotEmpty()
                        .extracting(Reject::code)
                        .containsOnly(code);
            });
            assertThat(collector.status().datasets())
                    .anyMatch(d -> d.dataset().equals(id())
                            && String.valueOf(d.problem()).contains(kind.word()));
        }

        void awaitTold(Kind kind, String column) {
            await().atMost(People.SOON)
                    .untilAsserted(() -> assertThat(land.shape(id()).changes())
                            .anyMatch(c -> c.kind() == kind && c.column().equalsIgnoreCase(column) && c.compatible()));
        }

        /** The other table of the connection does not notice. */
        void assertBesideFlows(String name) throws Exception {
            sql("UPDATE beside SET name = '" + name + "' WHERE pk = 1");
            await().atMost(People.SOON)
                    .untilAsserted(() -> assertThat(land.view(plan.datasets()
                                            .get(source.name() + ".beside")
                                            .topic())
                                    .item("name"))
                            .containsEntry(Ids.citizen(1), name));
        }

        void reread() throws Exception {
            land.order(CollectOrder.Kind.RESNAPSHOT, id());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"POSTGRESQL", "MARIADB"})
    void everyChangeOfATableIsToldAndNothingIsLost(Engine engine) throws Exception {
        // Given
        World world = new World(engine);
        String text = world.pg() ? "ALTER COLUMN name TYPE varchar(%d)" : "MODIFY COLUMN name varchar(%d)";

        // When a column is added that the catalogue doesn't know, and a known one widened
        world.sql("ALTER TABLE person ADD COLUMN note2 varchar(9)", "ALTER TABLE person " + text.formatted(80));
        world.touch();
        // Then
        world.awaitTold(Kind.ADDED, "note2");
        world.awaitTold(Kind.WIDENED, "name");
        world.awaitEqual("name", "name");

        // When one is dropped that the catalogue doesn't know
        world.sql("ALTER TABLE person DROP COLUMN note");
        world.touch();
        // Then
        world.awaitTold(Kind.DROPPED, "note");
        world.awaitEqual("name", "name");

        // When one is dropped that it relies on
        Map<String, Object> before = land.view(world.dataset().topic()).item("name");
        world.sql("ALTER TABLE person DROP COLUMN age");
        world.touch();
        // Then
        world.awaitHeld(Kind.DROPPED, "schema.column-dropped");
        assertThat(before.keySet())
                .containsAll(land.view(world.dataset().topic()).item("name").keySet());
        world.assertBesideFlows("while dropped");
        world.items.remove("age");
        world.apply(world.plan(UnaryOperator.identity()));
        world.awaitEqual("name", "name");

        // When it is renamed
        world.sql("ALTER TABLE person RENAME COLUMN name TO full_name");
        world.touch();
        // Then
        world.awaitHeld(Kind.RENAMED, "schema.column-renamed");
        world.assertBesideFlows("while renamed");
        UnaryOperator<ItemPlan> followed = item -> item.name().equals("name") ? named(item, "full_name") : item;
        world.apply(world.plan(followed));
        world.awaitEqual("name", "full_name");

        // When it is narrowed
        world.sql("ALTER TABLE person " + text.formatted(40).replace("COLUMN name", "COLUMN full_name"));
        world.touch();
        // Then
        world.awaitHeld(Kind.NARROWED, "schema.column-narrowed");
        world.assertBesideFlows("while narrowed");
        world.reread();
        world.awaitEqual("name", "full_name");

        // When the primary key changes
        world.sql(
                world.pg()
                        ? "ALTER TABLE person DROP CONSTRAINT person_pkey, ADD PRIMARY KEY (cid)"
                        : "ALTER TABLE person DROP PRIMARY KEY, ADD PRIMARY KEY (cid)");
        world.touch();
        // Then
        world.awaitHeld(Kind.KEY_CHANGED, "schema.key-changed");
        world.assertBesideFlows("while the key changed");
        world.reread();
        world.awaitEqual("name", "full_name");
        world.touch();
        world.awaitEqual("name", "full_name");
        assertThat(land.breaks()).isEmpty();
    }

    private static ItemPlan named(ItemPlan item, String column) {
        return new ItemPlan(item.name(), item.label(), column, item.type(), item.level(), item.mask(), item.share());
    }
}
