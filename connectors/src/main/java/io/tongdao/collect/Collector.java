package io.tongdao.collect;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.topic.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects all datasets of one connection (归集): an agency's tables into {@code src} topics, by snapshot and then by its log, in one
 * Debezium engine. At least once, duplicates recognisable by {@code pos}. Resumes where it stopped; a snapshot that was broken off, or
 * a log with a gap, gives a new epoch with a sweep. Close before the broker.
 */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final long CLOSE_SECONDS = 30;

    private final Source source;
    private final List<DatasetPlan> datasets;
    private final CollectSettings settings;
    private final Consumer<CollectFailure> onFailure;
    private final HandOff handOff;
    private final WholeTopic reader;
    private final EpochLedger ledger;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final ExecutorService executor;
    private volatile int epoch;
    private volatile SourceState.State state = SourceState.State.SNAPSHOTTING;
    private volatile boolean running;
    private volatile boolean closing;
    private volatile @Nullable DebeziumEngine<?> engine;

    private Collector(Plan plan, Source source, CollectSettings settings, Consumer<CollectFailure> onFailure) {
        this.source = source;
        this.datasets = plan.datasets().values().stream()
                .filter(d -> d.connection().equals(source.name()))
                .toList();
        this.settings = settings;
        this.onFailure = onFailure;
        this.handOff = new HandOff(settings.kafka(), "collect-" + source.name());
        this.reader = new WholeTopic(settings.kafka());
        this.ledger = new EpochLedger(source.name(), handOff, reader);
        this.executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "collect-" + source.name()));
        datasets.forEach(d -> tallies.put(d.id(), new Tally()));
    }

    /**
     * Checks the source, then starts reading it; returns before the snapshot is done.
     *
     * @param onFailure called once if collection stops by itself; the collector still has to be closed
     * @throws CollectException with one line that says what to do, if the source or its topics are not fit
     */
    public static Collector start(
            Plan plan, Source source, CollectSettings settings, Consumer<CollectFailure> onFailure) {
        Collector collector = new Collector(plan, source, settings, onFailure);
        boolean started = false;
        try {
            collector.begin();
            started = true;
            return collector;
        } finally {
            if (!started) {
                collector.close();
            }
        }
    }

    private void begin() {
        String password = settings.secrets().apply(source.passwordRef());
        SourceCheck.check(source, datasets, password);
        datasets.forEach(d -> handOff.partitions(d.topic().name()));
        Map<String, SourceState> known = ledger.read();
        known.keySet().retainAll(tallies.keySet());
        int last = known.values().stream().mapToInt(SourceState::epoch).max().orElse(0);
        boolean resume = known.size() == datasets.size()
                && known.values().stream().allMatch(s -> s.epoch() == last && s.state() == SourceState.State.STREAMING)
                && slotUsable(password);
        run(resume ? last : last + 1, resume, password);
    }

    private void run(int nextEpoch, boolean resume, String password) {
        epoch = nextEpoch;
        state = resume ? SourceState.State.STREAMING : SourceState.State.SNAPSHOTTING;
        ledger.write(tallies.keySet(), epoch, state);
        if (!resume) {
            dropSlot(password);
        }
        LOG.info("collect {}: {} in epoch {}", source.name(), resume ? "resuming" : "snapshot", epoch);
        KeyedConfig keyed = new KeyedConfig(datasets, epoch, settings.digestKey(), handOff.partitions(Names.REJECTS));
        Batches batches = new Batches(
                handOff, new AvroRowConverter(settings.registry()), tallies, resume, this::snapshotComplete);
        DebeziumEngine<RecordChangeEvent<SourceRecord>> started = DebeziumEngine.create(
                        ChangeEventFormat.of(Connect.class))
                .using(ConnectorSettings.of(source, keyed, settings))
                .using(OffsetCommitPolicy.always())
                .using((success, message, error) -> ended(error, password))
                .notifying(batches)
                .build();
        engine = started;
        running = true;
        executor.execute(started);
    }

    private void snapshotComplete() {
        for (DatasetPlan dataset : datasets) {
            Sweep sweep = new Sweep(dataset.id(), epoch, handOff, reader);
            int ended = 0;
            if (epoch > 1) {
                byte[] prefix = (dataset.id() + '|').getBytes(StandardCharsets.UTF_8);
                ended = sweep.topic(dataset.topic().name(), key -> true)
                        + sweep.topic(Names.REJECTS, key -> Arrays.mismatch(key, prefix) >= prefix.length);
            }
            sweep.mark(dataset.topic().name());
            LOG.info("collect {}: snapshot of epoch {} complete, {} keys swept", dataset.id(), epoch, ended);
        }
        ledger.write(tallies.keySet(), epoch, SourceState.State.STREAMING);
        state = SourceState.State.STREAMING;
    }

    private void ended(@Nullable Throwable error, String password) {
        running = false;
        if (closing) {
            return;
        }
        ResnapshotException resnapshot = CollectFailure.find(ResnapshotException.class, error);
        if (resnapshot != null) {
            LOG.warn("collect {}: {}; a new snapshot follows", source.name(), resnapshot.getMessage());
            executor.execute(() -> again(password));
        } else {
            fail(error);
        }
    }

    private void again(String password) {
        try {
            run(epoch + 1, false, password);
        } catch (CollectException e) {
            fail(e);
        }
    }

    private void fail(@Nullable Throwable error) {
        CollectFailure failure = CollectFailure.of(source.name(), error);
        LOG.error("collect {} stopped: {}", source.name(), failure.line());
        onFailure.accept(failure);
    }

    private boolean slotUsable(String password) {
        if (source.engine() != Source.Engine.POSTGRESQL) {
            return true;
        }
        try (Connection database = SourceCheck.connect(source, password)) {
            boolean usable = PostgresCheck.slotUsable(database, ConnectorSettings.slot(source));
            if (!usable) {
                LOG.warn(
                        "collect {}: the replication slot is gone, changes may be lost; a new snapshot follows",
                        source.name());
            }
            return usable;
        } catch (SQLException e) {
            throw new CollectException("connection " + source.name() + ": the replication slot can't be asked", e);
        }
    }

    private void dropSlot(String password) {
        if (source.engine() != Source.Engine.POSTGRESQL) {
            return;
        }
        try (Connection database = SourceCheck.connect(source, password)) {
            PostgresCheck.dropSlot(database, ConnectorSettings.slot(source));
        } catch (SQLException e) {
            throw new CollectException(
                    "connection " + source.name() + ": replication slot " + ConnectorSettings.slot(source)
                            + " can't be dropped (SQL state " + e.getSQLState() + ")",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("connection " + source.name() + ": interrupted at start", e);
        }
    }

    public CollectStatus status() {
        return new CollectStatus(
                source.name(),
                running,
                tallies.entrySet().stream()
                        .map(e -> e.getValue().status(e.getKey(), state, epoch))
                        .collect(Collectors.toList()));
    }

    /** Stops reading and waits until what was read is safe. */
    @Override
    public void close() {
        closing = true;
        DebeziumEngine<?> running = engine;
        try {
            if (running != null) {
                running.close();
            }
            executor.shutdown();
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("collect {}: engine was closed before", source.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            executor.shutdownNow();
        }
        handOff.close();
    }
}
