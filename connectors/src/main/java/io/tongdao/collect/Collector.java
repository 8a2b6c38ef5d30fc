package io.tongdao.collect;

import io.tongdao.collect.SourceState.State;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects all datasets of one connection (归集): an agency's tables into {@code src} topics, by snapshot and then by its log, in one
 * Debezium engine. At least once, duplicates recognisable by {@code pos}. Whatever happens (a start, an order in {@code ctl.collect}, a
 * new catalogue, a truncated table), the engine is stopped where it stands and a {@link Course} decides from what is remembered how it
 * goes on; a gap in the source's log waits for people. A reading that breaks is begun again ({@link Breaks}); {@link #status} says what
 * broke it. Close before the broker.
 */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration TELL = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final CollectSettings settings;
    private final HandOff handOff;
    private final WholeTopic reader;
    private final EpochLedger ledger;
    private final CollectOrders orders;
    private final Progress progress = new Progress();
    private final Shapes shapes;
    private final ScheduledExecutorService control;
    private volatile Source source;
    private volatile List<DatasetPlan> datasets;
    private volatile Course course = Course.NONE;
    private volatile @Nullable EngineRun run;
    private volatile @Nullable String lost;
    private final Breaks breaks = new Breaks();
    private volatile OpenRejects rejects = OpenRejects.NONE;
    private volatile long retried;
    private volatile boolean closing;

    private Collector(Plan plan, Source source, CollectSettings settings) {
        this.source = source;
        this.datasets = of(plan, source);
        this.settings = settings;
        this.handOff = new HandOff(settings.kafka(), "collect-" + source.name());
        this.reader = new WholeTopic(settings.kafka());
        this.shapes = new Shapes(reader);
        this.ledger = new EpochLedger(source.name(), handOff, reader);
        this.orders = new CollectOrders(settings.kafka());
        this.control = Executors.newSingleThreadScheduledExecutor(
                work -> new Thread(work, "collect-" + source.name() + "-control"));
    }

    private static List<DatasetPlan> of(Plan plan, Source source) {
        return plan.datasets().values().stream()
                .filter(d -> d.connection().equals(source.name()))
                .toList();
    }

    private static Map<String, String> definitions(List<DatasetPlan> datasets) {
        return datasets.stream().collect(Collectors.toMap(DatasetPlan::id, Definition::of, (a, b) -> a, TreeMap::new));
    }

    /**
     * Checks the source, then starts reading it; returns before the snapshot is done. A source that has been collected before may be away:
     * it is waited for.
     *
     * @throws CollectException with one line that says what to do, if the source or its topics are not fit
     */
    public static Collector start(Plan plan, Source source, CollectSettings settings) {
        Collector collector = new Collector(plan, source, settings);
        boolean started = false;
        try {
            collector.beginOrAwait();
            collector.every(LOOK, collector::obey);
            collector.every(TELL, () -> collector.progress.log(collector.course));
            started = true;
            return collector;
        } finally {
            if (!started) {
                collector.close();
            }
        }
    }

    private void every(Duration pause, Runnable work) {
        control.scheduleWithFixedDelay(() -> attempt(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The connection that it collects. */
    public String connection() {
        return source.name();
    }

    /**
     * Goes on by another catalogue, without losing a change: tables that it describes otherwise are read again, new ones are taken up,
     * those that it no longer has are left. Topics and schemas of the next plan must be there. Returns once the stream goes on;
     * a catalogue that changes nothing here changes nothing. What breaks once it has been taken over is begun again by it.
     *
     * @throws CollectException if the next catalogue doesn't fit the source; everything goes on as before
     */
    public void apply(Plan next) {
        try {
            control.submit(() -> follow(next)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CollectException own
                    ? new CollectException(String.valueOf(own.getMessage()), own)
                    : new CollectException("connection " + source.name() + ": the catalogue was not taken over", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("connection " + source.name() + ": interrupted", e);
        }
    }

    private void follow(Plan next) {
        Source nextSource = next.sources().get(source.name());
        if (nextSource == null) {
            throw new CollectException("connection " + source.name() + " is not in the catalogue: close its collector");
        }
        List<DatasetPlan> nextDatasets = of(next, nextSource);
        Map<String, String> changed = definitions(nextDatasets);
        boolean same = changed.equals(definitions(datasets)) && nextSource.equals(source);
        if (!same) {
            changed.entrySet().removeAll(definitions(datasets).entrySet());
            SourceCheck.check(nextSource, nextDatasets, password(nextSource)).refuse(nextSource, changed.keySet());
            stop();
        }
        source = nextSource;
        datasets = nextDatasets;
        if (!same) {
            attempt(this::begin);
        }
    }

    private String password(Source of) {
        return settings.secrets().apply(of.passwordRef());
    }

    private void beginOrAwait() {
        try {
            begin();
        } catch (SourceAwayException e) {
            if (ledger.read().values().stream().noneMatch(s -> s.connection().equals(source.name()))) {
                throw e;
            }
            broke(e);
        }
    }

    /** From what is remembered to a running engine; the same after a kill anywhere in between. No engine runs. */
    private void begin() {
        SourceCheck.Findings found = SourceCheck.check(source, datasets, password(source));
        datasets.forEach(d -> handOff.partitions(d.topic().name()));
        Map<String, SourceState> known = ledger.read();
        known.values().removeIf(s -> !s.connection().equals(source.name()));
        orders.toEnd();
        retried = orders.retry(wantedIds());
        rejects = OpenRejects.read(reader, wantedIds()::contains, orders.retries());
        Map<String, String> wanted = definitions(datasets);
        Course next = Course.of(
                new Course.Wanted(
                        wanted,
                        found.tables().keySet(),
                        orders.heal(source.name()),
                        orders::resnapshot,
                        ConnectorSettings.readsBeside(source.engine())),
                known);
        found.refuse(source, Course.fresh(known, wanted.keySet()));
        ledger.write(Course.ended(known, wanted.keySet()), next.generation());
        course = next;
        progress.begin(next, found);
        if (next.kind() == Course.Kind.WAIT) {
            lost = lost == null ? "its log has a gap" : lost;
            LOG.error("collect {}: {}", source.name(), waiting(lost));
            return;
        }
        lost = null;
        ledger.write(next.steps(), next.generation());
        if (next.kind() == Course.Kind.SNAPSHOT) {
            PostgresCheck.dropSlot(source, password(source));
        }
        run(next);
    }

    private void run(Course next) {
        boolean resume = next.kind() == Course.Kind.STREAM;
        Map<String, Map<String, String>> retries = new TreeMap<>(rejects.retries());
        retries.keySet().removeAll(next.rereads());
        KeyedConfig keyed = new KeyedConfig(
                datasets,
                next.epochs(),
                next.rereads(),
                shapes.read(next.epochs()),
                resume ? retries : Map.of(),
                resume,
                settings.digestKey(),
                handOff.partitions(Names.REJECTS));
        retries.forEach(
                (dataset, rows) -> LOG.info("collect {}: {} rejected rows are fetched again", dataset, rows.size()));
        LOG.info(
                "collect {}: {} in generation {}, beside it read whole: {}",
                source.name(),
                resume ? "resuming" : "snapshot",
                next.generation(),
                next.rereads());
        breaks.began(Instant.now());
        run = EngineRun.start(
                source.name(),
                ConnectorSettings.of(source, keyed, next.generation(), settings),
                new Batches(
                        handOff,
                        settings.batch(source),
                        new AvroRowConverter(settings.registry()),
                        Sealing.of(datasets, settings),
                        progress.tallies(),
                        rejects,
                        resume,
                        new Reached()),
                (ended, error) -> control.execute(() -> ended(ended, error)));
    }

    /** On the engine's thread, between two batches. */
    private final class Reached implements Batches.Milestones {
        @Override
        public void snapshotComplete() {
            datasets.forEach(this::complete);
        }

        @Override
        public void scanned(Scanned table) {
            boolean retry = rejects.retries().containsKey(table.dataset());
            boolean reread = course.step(table.dataset()).state() == State.REREADING;
            if (!retry && !reread) {
                return;
            }
            if (table.whole() && !reread) {
                LOG.info("collect {}: its rejected rows have been fetched again", table.dataset());
                return;
            }
            if (table.whole()) {
                datasets.stream().filter(d -> d.id().equals(table.dataset())).forEach(this::complete);
                return;
            }
            LOG.warn(
                    "collect {}: the table could not be read ({}); tried again in {} s",
                    table.dataset(),
                    table.status(),
                    AGAIN.toSeconds());
            control.schedule(() -> attempt(Collector.this::again), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void shape(SchemaFlag flag) {
            shapes.told(flag);
        }

        private void complete(DatasetPlan dataset) {
            int epoch = course.step(dataset.id()).epoch();
            if (shapes.held(dataset.id())) {
                LOG.warn("collect {}: epoch {} is not complete while rows wait in quarantine", dataset.id(), epoch);
                became(dataset.id(), State.REREADING);
                return;
            }
            int ended = new Completion(handOff, reader).complete(dataset, epoch);
            LOG.info(
                    "collect {}: epoch {} complete, {} read, {} keys ended",
                    dataset.id(),
                    epoch,
                    progress.of(dataset.id()),
                    ended);
            became(dataset.id(), State.STREAMING);
        }
    }

    private void became(String dataset, State state) {
        Course next = course.with(dataset, state);
        ledger.write(Map.of(dataset, next.step(dataset)), next.generation());
        course = next;
    }

    private void ended(EngineRun ended, @Nullable Throwable error) {
        if (ended == run) {
            ended.close();
            attempt(() -> ended(error));
        }
    }

    private void ended(@Nullable Throwable error) {
        ResnapshotException resnapshot = CollectFailure.find(ResnapshotException.class, error);
        LostLogException gap = CollectFailure.find(LostLogException.class, error);
        if (gap != null) {
            lost = gap.getMessage();
            LOG.error("collect {}: {}", source.name(), waiting(gap.getMessage()));
            Set.copyOf(course.steps().keySet()).forEach(dataset -> became(dataset, State.LOST));
        } else if (resnapshot != null) {
            LOG.warn("collect {}: {}; a new snapshot follows", source.name(), resnapshot.getMessage());
            Set.copyOf(course.steps().keySet()).forEach(dataset -> became(dataset, State.SNAPSHOTTING));
            begin();
        } else {
            broke(error);
        }
    }

    private String waiting(@Nullable String why) {
        return why + "; changes may be missing, nothing is collected. To read its tables anew: tongdao collect heal "
                + source.name() + " --yes";
    }

    private void obey() {
        orders.poll();
        boolean heal = course.steps().values().stream().anyMatch(s -> s.ordered() < orders.heal(source.name()));
        boolean table = lost == null
                && course.steps().entrySet().stream()
                        .anyMatch(e -> e.getValue().ordered() < orders.resnapshot(e.getKey()));
        boolean rows = lost == null && orders.retry(wantedIds()) > retried;
        if (heal || table || rows) {
            LOG.info(
                    "collect {}: {} as ordered",
                    source.name(),
                    heal ? "all tables anew" : table ? "a table anew" : "rejected rows again");
            again();
        }
    }

    private Set<String> wantedIds() {
        return datasets.stream().map(DatasetPlan::id).collect(Collectors.toSet());
    }

    private void again() {
        stop();
        begin();
    }

    private void attempt(Runnable work) {
        try {
            if (!closing) {
                work.run();
            }
        } catch (CollectException e) {
            broke(e);
        } catch (KafkaException e) {
            if (run == null && lost == null) {
                broke(e);
            } else {
                LOG.warn(
                        "collect {}: Kafka does not answer ({})",
                        source.name(),
                        e.getClass().getSimpleName());
            }
        }
    }

    private void broke(@Nullable Throwable error) {
        stop();
        String why = CollectFailure.of(source.name(), error).line();
        Duration pause = breaks.broke(why, Instant.now());
        LOG.error("collect {} broke: {}; begun again in {} s", source.name(), why, pause.toSeconds());
        control.schedule(() -> attempt(this::retry), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An order may have begun it in the meantime. */
    private void retry() {
        if (run == null && lost == null) {
            begin();
        }
    }

    public CollectStatus status() {
        EngineRun now = run;
        String why = lost;
        return new CollectStatus(
                source.name(),
                now != null && now.running(),
                why == null ? null : waiting(why),
                breaks.problem(Instant.now()),
                breaks.count(),
                progress.status(course, shapes));
    }

    private void stop() {
        EngineRun now = run;
        run = null;
        if (now != null) {
            now.close();
        }
    }

    /** Stops reading and waits until what was read is safe. */
    @Override
    public void close() {
        closing = true;
        control.shutdown();
        stop();
        try {
            if (!control.awaitTermination(TELL.toSeconds(), TimeUnit.SECONDS)) {
                control.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            control.shutdownNow();
        }
        stop();
        orders.close();
        reader.close();
        handOff.close();
    }
}
