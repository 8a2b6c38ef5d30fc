package io.tongdao.ops.exchange;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.Collector;
import io.tongdao.collect.FileCollector;
import io.tongdao.contract.catalogue.CatalogueArchive;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.deliver.Deliveries;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.sink.LakeSink;
import io.tongdao.ops.embedded.Closing;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.files.FileMaker;
import io.tongdao.ops.incident.Destruction;
import io.tongdao.ops.incident.IncidentJournal;
import io.tongdao.ops.incident.IncidentRefused;
import io.tongdao.ops.incident.IncidentRoom;
import io.tongdao.ops.incident.Traces;
import io.tongdao.ops.keys.KeysInUse;
import io.tongdao.ops.keys.TokenKeyStore;
import io.tongdao.ops.ledger.LedgerTopics;
import io.tongdao.ops.provision.GrantDesk;
import io.tongdao.ops.provision.Passwords;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.Provisioner;
import io.tongdao.reconcile.Reevaluations;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageRebuild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The pipeline's table of contents (统一通道, art. 11): topics and rights, then the stages in flow order, each as its own principal.
 * Stopping goes the other way round, so that a stage ends before what it writes to. It runs on the newest catalogue in {@code ctl.catalogue} and
 * follows it.
 */
public final class Exchange implements AutoCloseable {

    private final EmbeddedParts parts;
    private final EmbeddedRooms rooms;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final LakeCatalog lake;
    private final Provisioner provisioner;
    private final Stages stages;
    private final LakeSink sink;
    private final Deliveries deliveries;
    private final FileMaker files;
    private final Collecting collecting;
    private final GrantWatch grants;
    private final CatalogueFollower catalogue;
    private final Rebuilding rebuilding;
    private final ApiRoom api;
    private final IncidentRoom incidents;
    private volatile Plan plan;
    private volatile List<Grant> flowing = List.of();

    private Exchange(EmbeddedParts parts, CatalogueInForce inForce, Filled filled, InstantSource clock) {
        this.parts = parts;
        this.rooms = new EmbeddedRooms(parts, failure::complete);
        int version = inForce.progress().running();
        this.plan = inForce.plan(version);
        this.lake = keep(LakeCatalog.embedded(parts.data().root()));
        this.provisioner = keep(rooms.provisioner(plan));
        provisioner.provisionPlan();
        takeUpGrants();
        this.rebuilding = new Rebuilding(client(Principals.REBUILD), rebuilt(), failure::complete);
        this.stages = keep(new Stages(plan, rooms::stages, rooms::settings, failure::complete, clock));
        keep(rebuilding);
        Collecting sources = new Collecting(plan, rooms.collection(), failure::complete);
        this.incidents = new IncidentRoom(
                new IncidentJournal(client(Principals.DECIDE)),
                EmbeddedKeys.incidents(parts.data()),
                this::under,
                plan,
                InstantSource.system());
        sources.begin(incidents.open());
        // on a thread of its own: it waits, and the common pool has as many threads as there are processors less one
        CompletableFuture<Void> reading = CompletableFuture.runAsync(
                () -> {
                    filled.await();
                    sources.start();
                },
                work -> new Thread(work, "start-sources").start());
        stages.start(version);
        provisioner.start();
        this.sink = keep(rooms.sink(lake, new ReleasedFeeds(plan).tables(List.of())));
        this.deliveries = keep(rooms.deliveries());
        this.files = keep(rooms.files(this::acks, clock));
        this.collecting = keep(sources);
        started(reading);
        this.grants = keep(GrantWatch.start(client(Principals.STORE), this::follow, failure::complete));
        files.start();
        this.api = keep(ApiRoom.start(this));
        MovingRooms moving = new MovingRooms(parts, provisioner, stages, collecting, this::take, api.url());
        this.catalogue = keep(CatalogueFollower.start(
                inForce, new PlanMove(inForce, moving), failure::complete, clock, stages.begun()));
        rebuilding.start(stages);
        keep(incidents);
        Traces traces = keep(rooms.traces(lake, new ReleasedStates(this), sink::forget));
        incidents.start(new Destruction(traces, InstantSource.system()), traces, this::collectUnder);
    }

    private List<Grant> under(String incident) {
        return desk().list().values().stream()
                .filter(grant -> grant.sealed() && grant.papers().incident().equals(incident))
                .toList();
    }

    private void collectUnder(Set<String> open) {
        try {
            collecting.under(open);
        } catch (CollectException e) {
            throw new IncidentRefused(String.valueOf(e.getMessage()));
        }
    }

    /** Grants go on with the keys that they have, and are described as this version does, before anything of them is released. */
    private void takeUpGrants() {
        GrantDesk desk = desk();
        Collection<Grant> known = desk.list().values();
        EmbeddedKeys.adopt(parts.data(), known);
        TokenKeyStore keys = EmbeddedKeys.tokens(parts.data());
        new KeysInUse(desk.epochs()).check(keys);
        keys.ledger(() -> LedgerTopics.written(client(Principals.LEDGER)));
        provisioner.describe(known);
    }

    private Rebuilding.Room rebuilt() {
        return new Rebuilding.Room(this::plan, rooms.wire(), provisioner, rooms.generations(), parts.data());
    }

    /**
     * Runs the catalogue in force on the embedded parts, at the very first start the directory's; returns once everything is started. The snapshot
     * goes on behind it. A directory that differs from what is in force changes nothing: {@code tongdao apply} does.
     *
     * @throws StartFailedException with one line, if a stage can't start
     */
    public static Exchange start(EmbeddedParts parts, Path directory) throws IOException {
        return start(parts, directory, () -> {}, InstantSource.system());
    }

    /** The agencies' databases are filled while the exchange starts. */
    @FunctionalInterface
    public interface Filled {
        /** Returns once they are: they are read from then on. */
        void await();
    }

    /** The same, with databases that are filled meanwhile, and a clock that says on which day rules begin. */
    public static Exchange start(EmbeddedParts parts, Path directory, Filled filled, InstantSource clock)
            throws IOException {
        Passwords passwords = Passwords.in(parts.data());
        Provisioner.provisionCatalogue(parts.broker().adminSettings(), passwords, (short) 1);
        CatalogueInForce inForce = new CatalogueInForce(
                parts.broker().adminSettings(), parts.data().run(), SampleProvince.variables(parts));
        EmbeddedKeys.begin(parts.data(), inForce.journal().newest().isEmpty());
        inForce.begin(directory, EmbeddedRooms.client(parts, Principals.DECIDE));
        int running = inForce.progress().running();
        Path published = inForce.directory(running);
        Exchange exchange = new Exchange(parts, inForce, filled, clock);
        exchange.keep(StatusFile.start(exchange));
        RunningExchange.of(parts, published, inForce.version(running), exchange.api.url())
                .publish(parts.data());
        return exchange;
    }

    /** Sources are started beside the stages; what stops them stops the start. */
    private void started(CompletableFuture<Void> reading) {
        try {
            reading.join();
        } catch (CompletionException e) {
            close();
            throw e.getCause() instanceof RuntimeException why ? why : e;
        }
    }

    /** Completes with one line if a part fails; the exchange still has to be closed. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** The plan that everything runs on. */
    public Plan plan() {
        return plan;
    }

    /** The catalogue's versions: which one runs, how far the newest is. */
    public CatalogueFollower catalogue() {
        return catalogue;
    }

    /** What to tell one who gave a directory that is not what runs; empty if it is. */
    public List<String> notFollowed(Path directory) {
        CatalogueVersion newest = catalogue.newest();
        if (CatalogueArchive.pack(directory).digest().equals(newest.digest())) {
            return List.of();
        }
        return List.of("the catalogue in " + directory + " is not what runs: " + newest.name()
                + " does. What differs: ./tongdao plan " + directory + "; to carry it out: ./tongdao apply "
                + directory);
    }

    /** Where the HTTP API is. */
    public String apiUrl() {
        return api.url();
    }

    public EmbeddedParts parts() {
        return parts;
    }

    public List<Collector> collectors() {
        return collecting.all();
    }

    public List<FileCollector> inboxes() {
        return collecting.inboxes();
    }

    public List<Stage> stages() {
        return stages.all();
    }

    /** A stage by its name; empty: it doesn't run. */
    Optional<Stage> stage(String name) {
        return stages.one(name);
    }

    /** Whether no stage is being rebuilt. */
    boolean settled() {
        return rebuilding.all().values().stream().allMatch(one -> one.phase() == StageRebuild.Phase.DONE);
    }

    /** How far golden records are found anew by other rules. */
    public Reevaluations reevaluations() {
        return rooms.reevaluations();
    }

    /** Stages that find their state anew. */
    public Rebuilding rebuilding() {
        return rebuilding;
    }

    /** The version of the catalogue that a stage runs on. */
    public int version(String stage) {
        return stages.version(stage);
    }

    public LakeCatalog lake() {
        return lake;
    }

    public LakeSink sink() {
        return sink;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    /** Makes files of what grants release. */
    public FileMaker files() {
        return files;
    }

    private Map<String, Ack> acks() {
        return grants.acks();
    }

    public GrantWatch grants() {
        return grants;
    }

    /** How a principal reaches the broker. */
    public Map<String, Object> client(String principal) {
        return EmbeddedRooms.client(parts, principal);
    }

    /** Where decisions about grants are written. */
    public GrantDesk desk() {
        return desk(plan);
    }

    private GrantDesk desk(Plan by) {
        return new GrantDesk(client(Principals.DECIDE), by, InstantSource.system());
    }

    /** The database that a return goes into, if it does. */
    public Optional<Receiver> receiver(Grant grant) {
        return grant.delivery().contains(Grant.Delivery.DATABASE) ? plan.receiver(grant.consumer()) : Optional.empty();
    }

    public WireFormat wire() {
        return rooms.wire();
    }

    private synchronized void follow(List<Grant> now) {
        flowing = now;
        ReleasedFeeds feeds = new ReleasedFeeds(plan);
        sink.follow(feeds.tables(now));
        deliveries.follow(feeds.deliveries(now));
        files.follow(feeds.files(now), plan.files());
    }

    /** Everything that reads the plan here reads the next one from now on. */
    private synchronized void take(Plan next) {
        plan = next;
        incidents.take(next);
        follow(flowing);
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            Closing.close(running.pop());
        }
    }
}
