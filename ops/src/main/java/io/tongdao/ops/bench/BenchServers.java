package io.tongdao.ops.bench;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.collect.CollectTopics;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.exchange.EmbeddedParts;
import io.tongdao.ops.provision.Passwords;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.Provisioner;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;

/** Broker, registry and agency databases for a bench, in and beside this process; what is measured runs in a process of its own. */
final class BenchServers implements AutoCloseable {
    private static final int SLOT_TRIES = 50;
    private final EmbeddedParts parts;
    private final SchemaRegistryClient registry;

    BenchServers(Path work) throws InterruptedException {
        parts = EmbeddedParts.start(DataDirectory.open(work));
        registry = new CachedSchemaRegistryClient(parts.registry().url(), 1000);
    }

    Path work() {
        return parts.data().root();
    }

    SchemaRegistryClient registry() {
        return registry;
    }

    String registryUrl() {
        return parts.registry().url();
    }

    /** A connection of that name, and its agency's, to a database of the embedded server, which is made where it is not there. */
    Source source(Source.Engine engine, String name, String database) throws SQLException {
        boolean postgres = engine == Source.Engine.POSTGRESQL;
        createDatabase(engine, database);
        Path secrets = parts.data().secrets();
        return new Source(
                name,
                name,
                engine,
                "127.0.0.1",
                postgres ? parts.postgres().port() : parts.mariadb().port(),
                database,
                postgres ? parts.postgres().user() : parts.mariadb().user(),
                "file:" + secrets.resolve(postgres ? "postgres-superuser" : "mariadb-superuser"));
    }

    Connection connect(Source source) throws SQLException {
        return source.engine() == Source.Engine.POSTGRESQL
                ? parts.postgres().connect(source.database())
                : parts.mariadb().connect(source.database());
    }

    /** What a catalogue's {@code ${…}} stand for here. */
    Map<String, String> variables() {
        return Map.of(
                "postgresql.host", "127.0.0.1",
                "postgresql.port", Integer.toString(parts.postgres().port()),
                "mariadb.host", "127.0.0.1",
                "mariadb.port", Integer.toString(parts.mariadb().port()),
                "secrets", parts.data().secrets().toString());
    }

    /** Of a database's super user. */
    String password(Source.Engine engine) {
        return (engine == Source.Engine.POSTGRESQL
                        ? parts.postgres().password()
                        : parts.mariadb().password())
                .reveal();
    }

    void createDatabase(Source.Engine engine, String database) throws SQLException {
        if (engine == Source.Engine.POSTGRESQL) {
            parts.postgres().createDatabase(database);
        } else {
            parts.mariadb().createDatabase(database);
        }
    }

    /** Removes what the source keeps for a connection that is over. */
    void dropSlot(Connection database, Source source) throws SQLException, InterruptedException {
        try (Statement statement = database.createStatement()) {
            for (int tries = 0; ; tries++) {
                try {
                    statement.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                            + " WHERE slot_name = 'tongdao_" + source.name() + "'");
                    return;
                } catch (SQLException inUse) {
                    if (tries == SLOT_TRIES) {
                        throw inUse;
                    }
                    Thread.sleep(200);
                }
            }
        }
    }

    /** Topics, schemas, users and rights, as in a province. */
    void provision(Plan plan) {
        try (Provisioner provisioner = new Provisioner(new Provisioner.Settings(
                parts.broker().adminSettings(),
                plan,
                CollectTopics.of(plan),
                registry,
                Passwords.in(parts.data()),
                grant -> 1,
                (short) 1,
                InstantSource.system()))) {
            provisioner.provisionPlan();
        }
    }

    /** As the principal that collects. */
    Map<String, Object> collector() {
        return parts.broker()
                .clientSettings(
                        Principals.COLLECT,
                        Passwords.in(parts.data()).of(Principals.COLLECT).reveal());
    }

    /** As one who may read and delete everything. */
    Map<String, Object> admin() {
        return parts.broker().adminSettings();
    }

    @Override
    public void close() {
        parts.close();
    }
}
