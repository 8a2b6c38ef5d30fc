package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Debezium's settings, compiled from the plan. The same keys and values configure a connector in a Connect cluster. */
final class ConnectorSettings {
    /** One char each of what can't stand in a topic's name, as Debezium puts them right. */
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._-]");

    /** SQL Server is asked for changes again and again; its capture job itself looks every five seconds. */
    private static final Duration QUESTIONS = Duration.ofMillis(500);

    private final Source source;
    private final List<DatasetPlan> datasets;
    private final CollectSettings settings;
    private final Properties properties = new Properties();

    private ConnectorSettings(Source source, List<DatasetPlan> datasets, CollectSettings settings) {
        this.source = source;
        this.datasets = datasets;
        this.settings = settings;
    }

    /** @param generation of the connection's stream */
    static Properties of(Source source, KeyedConfig keyed, int generation, CollectSettings settings) {
        ConnectorSettings compiled = new ConnectorSettings(source, keyed.datasets(), settings);
        compiled.common(keyed, generation);
        compiled.offsets();
        compiled.engine();
        return compiled.properties;
    }

    /** Without what the cluster keeps itself: offsets, and its own access to Kafka. */
    static Properties inCluster(Source source, KeyedConfig keyed, int generation, CollectSettings settings) {
        ConnectorSettings compiled = new ConnectorSettings(source, keyed.datasets(), settings);
        compiled.common(keyed, generation);
        compiled.engine();
        return compiled.properties;
    }

    private void engine() {
        switch (source.engine()) {
            case POSTGRESQL -> postgresql();
            case MARIADB -> mariadb();
            case MYSQL -> mysql();
            case SQLSERVER -> sqlserver();
            case ORACLE -> throw SourceCheck.unavailable(source.engine());
        }
    }

    /** Debezium's word for what names the source's database. */
    static String database(Source.Engine engine) {
        return switch (engine) {
            case POSTGRESQL -> "database.dbname";
            case MARIADB, MYSQL -> "database.include.list";
            case SQLSERVER, ORACLE -> "database.names";
        };
    }

    /** What Debezium's topics have before the table: SQL Server's have the database too. */
    static String namespace(String prefix, Map<String, String> properties) {
        String database = properties.get(database(Source.Engine.SQLSERVER));
        return database == null
                ? prefix
                : prefix + '.' + UNFIT.matcher(database).replaceAll("_");
    }

    /** Whether a table can be read beside its stream without a right to write at the source (ops/decisions/0120, 0199). */
    static boolean readsBeside(Source.Engine engine) {
        return engine != Source.Engine.SQLSERVER;
    }

    /** The replication slot and the publication. */
    static String slot(Source source) {
        return "tongdao_" + source.name().replace('-', '_').replace('.', '_');
    }

    private void common(KeyedConfig keyed, int generation) {
        // A new generation has a new name and with it no offsets: its snapshot starts afresh, whatever was left behind.
        set("name", source.name() + ".e" + generation);
        keyed.properties().forEach(this::set);
        set("topic.prefix", CollectTopics.PREFIX + source.name());
        set("topic.heartbeat.prefix", CollectTopics.PREFIX + "heartbeat");
        set("database.hostname", source.host());
        set("database.port", source.port());
        set("database.user", source.user());
        set("database.password", settings.secrets().apply(source.passwordRef()));
        set("table.include.list", datasets.stream().map(DatasetPlan::table).collect(Collectors.joining(",")));
        Source.Tuning tuning = source.tuning();
        set("snapshot.fetch.size", tuning.snapshotFetch().orElse(4096));
        int batch = settings.batch(source);
        set("max.batch.size", batch);
        set("max.queue.size", tuning.queue().orElse(Math.max(settings.queueSize(), 2 * batch)));
        set("poll.interval.ms", settings.pollInterval().toMillis());
        set(
                "heartbeat.interval.ms",
                tuning.heartbeat().orElse(settings.heartbeat()).toMillis());
        set("tombstones.on.delete", false);
        set("skipped.operations", "none");
        set("decimal.handling.mode", "string");
        set("column.propagate.source.type", ".*");
        set("unavailable.value.placeholder", ItemReader.UNAVAILABLE);
        set("event.processing.failure.handling.mode", "fail");
        set("event.converting.failure.handling.mode", "fail");
        // Tables are read beside the stream without a table of ours or a right to write at the source.
        set("read.only", true);
        set("incremental.snapshot.chunk.size", tuning.incrementalChunk().orElse(settings.batchSize() * 2));
        set("notification.enabled.channels", "sink");
        set("notification.sink.topic.name", KeyedPoll.NOTIFICATIONS);
        // A reading that breaks is begun again in one way only: by its collector.
        set("errors.max.retries", 0);
    }

    private void offsets() {
        set("offset.storage", OffsetTopic.class.getName());
        set("offset.storage.topic", CollectTopics.offsets(source));
        set("offset.storage.partitions", 1);
        set("offset.storage.replication.factor", 1);
        set("offset.flush.timeout.ms", 30_000);
        // PostgreSQL makes a replication slot only when all transactions that write have ended.
        set("internal.task.management.timeout.ms", 600_000);
        settings.kafka().forEach(this::set);
    }

    private void postgresql() {
        set("connector.class", KeyedPostgresConnector.class.getName());
        set("database.dbname", source.database());
        set("plugin.name", "pgoutput");
        set("topic.naming.strategy", SchemaTopics.class.getName());
        set("snapshot.mode", "initial");
        set("slot.name", slot(source));
        set("publication.name", PostgresCheck.PUBLICATION);
        set("publication.autocreate.mode", "disabled");
        set("time.precision.mode", "adaptive");
        set("status.update.interval.ms", 1000);
        // Without it a quiet database on a busy server would hold the server's log back.
        set("heartbeat.action.query", "SELECT pg_logical_emit_message(true, 'tongdao', '')");
    }

    private void mariadb() {
        set("connector.class", KeyedMariaDbConnector.class.getName());
        binlog();
    }

    private void mysql() {
        set("connector.class", KeyedMySqlConnector.class.getName());
        binlog();
    }

    private void sqlserver() {
        set("connector.class", KeyedSqlServerConnector.class.getName());
        set(database(Source.Engine.SQLSERVER), source.database());
        set("snapshot.mode", "initial");
        set("snapshot.isolation.mode", "snapshot");
        set("driver.encrypt", true);
        set("driver.trustServerCertificate", SourceUrl.loopback(source.host()));
        // datetime2 has years up to 9999 and seven digits: nanoseconds in 64 bits end in 2262.
        set("time.precision.mode", "microseconds");
        Duration pause = settings.pollInterval().compareTo(QUESTIONS) > 0 ? settings.pollInterval() : QUESTIONS;
        set("poll.interval.ms", pause.toMillis());
        set("include.schema.changes", false);
        history();
    }

    private void binlog() {
        set("topic.naming.strategy", DatabaseTopics.class.getName());
        set("database.include.list", source.database());
        set("snapshot.mode", "initial");
        set("database.server.id", 540_000 + Math.floorMod(source.name().hashCode(), 100_000));
        set("time.precision.mode", "adaptive_time_microseconds");
        set("bigint.unsigned.handling.mode", "precise");
        set("include.schema.changes", false);
        set("connect.keep.alive.interval.ms", settings.heartbeat().toMillis() * 5 / 4);
        history();
    }

    private void history() {
        String history = "schema.history.internal";
        set(history, "io.debezium.storage.kafka.history.KafkaSchemaHistory");
        set(history + ".kafka.topic", CollectTopics.history(source));
        set(history + ".kafka.bootstrap.servers", settings.kafka().getOrDefault("bootstrap.servers", ""));
        // A table that the catalogue takes up later is in the history from the first day, as far as the login may see
        // it.
        set(history + ".store.only.captured.tables.ddl", false);
        set(history + ".store.only.captured.databases.ddl", true);
        for (Map.Entry<String, Object> setting : settings.kafka().entrySet()) {
            set(history + ".producer." + setting.getKey(), setting.getValue());
            set(history + ".consumer." + setting.getKey(), setting.getValue());
        }
        set(history + ".consumer.group.id", CollectTopics.history(source));
    }

    private void set(String name, Object value) {
        properties.setProperty(name, String.valueOf(value));
    }
}
