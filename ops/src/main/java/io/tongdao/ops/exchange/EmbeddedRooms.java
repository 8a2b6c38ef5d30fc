package io.tongdao.ops.exchange;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.CollectTopics;
import io.tongdao.collect.FileSettings;
import io.tongdao.compose.ComposeSettings;
import io.tongdao.compose.ComposeStage;
import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.deliver.Deliveries;
import io.tongdao.deliver.Delivery;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.sink.LakeSink;
import io.tongdao.lakehouse.sink.SinkSettings;
import io.tongdao.lakehouse.sink.TableFeed;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.files.FileMaker;
import io.tongdao.ops.files.FileShelf;
import io.tongdao.ops.incident.Traces;
import io.tongdao.ops.provision.Passwords;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.Provisioner;
import io.tongdao.ops.provision.ReleasedTopics;
import io.tongdao.quality.QualitySettings;
import io.tongdao.quality.QualityStage;
import io.tongdao.reconcile.ReconcileSettings;
import io.tongdao.reconcile.ReconcileStage;
import io.tongdao.reconcile.Reevaluations;
import io.tongdao.release.ReleaseKeys;
import io.tongdao.release.ReleaseStage;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.StageApp;
import io.tongdao.runtime.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How each room is made on the embedded parts: as its own principal, with the settings for one machine. Starts nothing by itself. */
final class EmbeddedRooms {
    private static final int SCHEMAS = 10_000;
    /** Figures of quality are looked at by people. */
    private static final Duration FIGURES = Duration.ofSeconds(1);

    private static final int COMPOSE_THREADS = 2;

    /** A province's connections share one machine here, and idle ones cost most. */
    private static final Duration COLLECT_WAIT = Duration.ofMillis(50);

    private static final Duration COLLECT_BEAT = Duration.ofSeconds(5);

    private final EmbeddedParts parts;
    private final DataDirectory data;
    private final SchemaRegistryClient registry;
    private final WireFormat wire;
    private final Consumer<String> failed;
    private final ReconcileSettings reconcile;
    private final Generations generations = new Generations();
    /** Composition waits for what reconciliation has not worked off, whichever of them is started again. */
    private final Backlog reconciled = new Backlog();

    private final Backlog composed = new Backlog(reconciled);

    /** @param failed told by a room that stops by itself, in one line */
    EmbeddedRooms(EmbeddedParts parts, Consumer<String> failed) {
        this.parts = parts;
        this.data = parts.data();
        this.registry = new CachedSchemaRegistryClient(parts.registry().url(), SCHEMAS);
        this.wire = new WireFormat(registry);
        this.failed = failed;
        this.reconcile = ReconcileSettings.of(EmbeddedKeys.valueSets(data));
    }

    /** How far golden records are found anew by other rules. */
    Reevaluations reevaluations() {
        return reconcile.reevaluations();
    }

    /** With which generation stages are started. */
    Generations generations() {
        return generations;
    }

    WireFormat wire() {
        return wire;
    }

    /** How a principal reaches the broker. */
    static Map<String, Object> client(EmbeddedParts parts, String principal) {
        return parts.broker()
                .clientSettings(
                        principal, Passwords.in(parts.data()).of(principal).reveal());
    }

    Provisioner provisioner(Plan plan) {
        return new Provisioner(new Provisioner.Settings(
                parts.broker().adminSettings(),
                plan,
                CollectTopics.of(plan),
                registry,
                Passwords.in(data),
                grant -> EmbeddedKeys.tokens(data).current(grant.consumer(), grant.purpose()),
                (short) 1,
                InstantSource.system()));
    }

    /** The stages of a plan by the rules in force on a day, in flow order. */
    List<StageApp> stages(Plan plan, LocalDate day) {
        List<StageApp> stages = new ArrayList<>();
        stages.add(ReconcileStage.app(plan, day, wire, reconcile.in(generations.of(ReconcileStage.NAME)), reconciled));
        if (ComposeStage.needed(plan)) {
            ComposeSettings compose = ComposeSettings.DEFAULT.in(generations.of(ComposeStage.NAME));
            stages.add(ComposeStage.app(plan, wire, compose, composed));
        }
        stages.add(QualityStage.app(plan, day, wire, QualitySettings.of(EmbeddedKeys.hmac(data, "equal-values"))));
        stages.add(ReleaseStage.of(
                plan, wire, new ReleaseKeys(key -> EmbeddedKeys.tokens(data).hmac(key), EmbeddedKeys.incidents(data))));
        return stages;
    }

    /** A stage is a principal of its own name. */
    StreamsSettings settings(String stage) {
        Map<String, String> client = client(parts, stage).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
        StreamsSettings settings = StreamsSettings.embedded(client, data.state());
        return switch (stage) {
            case QualityStage.NAME -> settings.committing(FIGURES);
            // every row of a source is a row of several tables: this stage has the most to do
            case ComposeStage.NAME -> settings.onThreads(COMPOSE_THREADS);
            default -> settings;
        };
    }

    /** What destroying an incident works on. */
    Traces traces(LakeCatalog lake, Traces.States states, Consumer<String> index) {
        return new Traces(
                data,
                EmbeddedKeys.incidents(data),
                new ReleasedTopics(parts.broker().adminSettings()),
                lake,
                states,
                index);
    }

    LakeSink sink(LakeCatalog lake, Set<TableFeed> feeds) {
        return LakeSink.start(
                client(parts, Principals.STORE),
                wire,
                lake,
                data.state().resolve("lake-index"),
                SinkSettings.DEFAULT,
                feeds);
    }

    /** Into each receiving database with a delivery of its own; only a bug ends one. */
    Deliveries deliveries() {
        return new Deliveries(receiver -> Delivery.start(
                client(parts, Principals.DELIVER),
                wire,
                receiver,
                () -> password(receiver),
                error -> failed.accept("delivery into " + receiver.name() + " stopped: "
                        + error.getClass().getSimpleName())));
    }

    private static String password(Receiver receiver) {
        try {
            return SecretReferences.resolve(receiver.passwordRef());
        } catch (StartFailedException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** @param acks what tasks have acknowledged, by key */
    FileMaker files(Supplier<Map<String, Ack>> acks, InstantSource clock) {
        return new FileMaker(new FileMaker.Settings(
                client(parts, Principals.FILES),
                wire,
                new FileShelf(data),
                () -> EmbeddedKeys.files(data),
                acks,
                failed,
                clock));
    }

    FileSettings collection() {
        CollectSettings settings = CollectSettings.of(
                        client(parts, Principals.COLLECT),
                        registry,
                        SecretReferences::resolve,
                        Secrets.remembered(data, "row-digest").reveal().getBytes(StandardCharsets.UTF_8))
                .sealing(EmbeddedKeys.incidents(data))
                .every(COLLECT_WAIT, COLLECT_BEAT);
        return FileSettings.of(settings, data.state().resolve("collect-files"));
    }
}
