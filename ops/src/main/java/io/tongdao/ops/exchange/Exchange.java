package io.tongdao.ops.exchange;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.CollectTopics;
import io.tongdao.collect.Collector;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.deliver.Delivery;
import io.tongdao.deliver.DeliveryTarget;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.sink.LakeSink;
import io.tongdao.lakehouse.sink.SinkSettings;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.province.ProvinceDatabases;
import io.tongdao.ops.provision.GrantDesk;
import io.tongdao.ops.provision.Passwords;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.Provisioner;
import io.tongdao.reconcile.ReconcileSettings;
import io.tongdao.reconcile.ReconcileStage;
import io.tongdao.release.MasterSecret;
import io.tongdao.release.ReleaseStage;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageApp;
import io.tongdao.runtime.StreamsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline's table of contents (统一通道, art. 11): topics and rights, then the stages in flow order, each as its own principal.
 * Stopping goes the other way round, so that a stage ends before what it writes to.
 */
public final class Exchange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int SCHEMAS = 10_000;
    private static final String COUNTY_DIVISION = "530102";
    private static final String COUNTY_SCHEMA = "tongdao";

    private final EmbeddedParts parts;
    private final DataDirectory data;
    private final Plan plan;
    private final SchemaRegistryClient registry;
    private final WireFormat wire;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final List<Collector> collectors = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final LakeCatalog lake;
    private final Provisioner provisioner;
    private final LakeSink sink;
    private final Delivery delivery;
    private final GrantWatch grants;

    private Exchange(EmbeddedParts parts, Plan plan) {
        this.parts = parts;
        this.data = parts.data();
        this.plan = plan;
        this.registry = new CachedSchemaRegistryClient(parts.registry().url(), SCHEMAS);
        this.wire = new WireFormat(registry);
        this.lake = keep(LakeCatalog.embedded(data.root()));
        this.provisioner = keep(provision());
        stage(ReconcileStage.app(plan, wire, ReconcileSettings.of(valueSetKey())), Principals.RECONCILE);
        stage(ReleaseStage.of(plan, wire, tokenSecret(data)), Principals.RELEASE);
        provisioner.start();
        this.sink = keep(store());
        this.delivery = keep(deliver());
        plan.captured().forEach(this::collect);
        this.grants = keep(GrantWatch.start(client(Principals.STORE), this::follow, failure::complete));
    }

    /**
     * Runs a plan on the embedded parts; returns once everything is started. The snapshot goes on behind it.
     *
     * @throws StartFailedException with one line, if a stage can't start
     */
    public static Exchange start(EmbeddedParts parts, Plan plan, Path catalogue) throws IOException {
        Exchange exchange = new Exchange(parts, plan);
        exchange.keep(StatusFile.start(exchange));
        new RunningExchange(
                        ProcessHandle.current().pid(),
                        parts.broker().bootstrap(),
                        parts.registry().url(),
                        catalogue.toString())
                .publish(parts.data());
        return exchange;
    }

    /** Completes with one line if a part fails; the exchange still has to be closed. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    public Plan plan() {
        return plan;
    }

    public EmbeddedParts parts() {
        return parts;
    }

    public List<Collector> collectors() {
        return List.copyOf(collectors);
    }

    public List<Stage> stages() {
        return List.copyOf(stages);
    }

    public LakeCatalog lake() {
        return lake;
    }

    public LakeSink sink() {
        return sink;
    }

    public Delivery delivery() {
        return delivery;
    }

    public GrantWatch grants() {
        return grants;
    }

    /** How a principal reaches the broker. */
    public Map<String, Object> client(String principal) {
        return parts.broker()
                .clientSettings(principal, Passwords.in(data).of(principal).reveal());
    }

    /** Where decisions about grants are written. */
    public GrantDesk desk() {
        return new GrantDesk(client(Principals.DECIDE), plan, InstantSource.system());
    }

    /** The table of a return in the receiver's own database, schema included. */
    public String deliveredTable(Grant grant) {
        return COUNTY_SCHEMA + "." + ReleasedFeeds.table(grant);
    }

    public WireFormat wire() {
        return wire;
    }

    /** The secret behind consumers' tokens. */
    public static byte[] tokenSecret(DataDirectory data) {
        return MasterSecret.remembered(tokenSecretFile(data));
    }

    /** Where it is kept. */
    public static Path tokenSecretFile(DataDirectory data) {
        return data.secrets().resolve("token-master");
    }

    private Provisioner provision() {
        Provisioner made = new Provisioner(new Provisioner.Settings(
                parts.broker().adminSettings(),
                plan,
                CollectTopics.of(plan),
                registry,
                Passwords.in(data),
                (short) 1,
                InstantSource.system()));
        made.provisionPlan();
        return made;
    }

    private void stage(StageApp app, String principal) {
        Map<String, String> client = client(principal).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
        StreamsSettings settings = StreamsSettings.embedded(client, data.state());
        stages.add(keep(Stage.start(
                app,
                settings,
                failed -> failure.complete(
                        "stage " + failed.stage() + " stopped: " + String.join(" < ", failed.what())))));
    }

    private LakeSink store() {
        return LakeSink.start(
                client(Principals.STORE),
                wire,
                lake,
                data.state().resolve("lake-index"),
                SinkSettings.DEFAULT,
                new ReleasedFeeds(plan).tables(List.of()));
    }

    private Delivery deliver() {
        ProvinceDatabases.Login county = SampleProvince.county(data);
        DeliveryTarget target = new DeliveryTarget(
                parts.postgres().jdbcUrl(ProvinceDatabases.COUNTY_DATABASE),
                county.user(),
                county::password,
                COUNTY_SCHEMA);
        return Delivery.start(
                client(Principals.DELIVER),
                wire,
                target,
                error ->
                        failure.complete("delivery stopped: " + error.getClass().getSimpleName()));
    }

    private void collect(Source source) {
        CollectSettings settings = CollectSettings.of(
                client(Principals.COLLECT),
                registry,
                SecretReferences::resolve,
                Secrets.remembered(data, "row-digest").reveal().getBytes(StandardCharsets.UTF_8));
        collectors.add(keep(Collector.start(
                plan,
                source,
                settings,
                failed -> failure.complete("collection of " + failed.connection() + " stopped: " + failed.line()))));
    }

    private void follow(List<Grant> flowing) {
        ReleasedFeeds feeds = new ReleasedFeeds(plan);
        sink.follow(feeds.tables(flowing));
        delivery.follow(feeds.deliveries(flowing, COUNTY_DIVISION));
    }

    private SecretKeySpec valueSetKey() {
        return new SecretKeySpec(
                Secrets.remembered(data, "value-sets").reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            AutoCloseable part = running.pop();
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) { // AutoCloseable's signature; the others are still to be stopped
                LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
            }
        }
    }
}
