package io.tongdao.runtime;

import io.tongdao.runtime.StageStatus.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A running stage. All topics that it reads and writes must exist before it starts: the provisioner has made them.
 *
 * <p>A fault that may pass (the schema registry does not answer, the broker gave a slow transaction up) restarts its thread, up to
 * {@value #TRIES} times in a row for each thread; any other stops the stage, and the callback is told why. The callback runs on a stream thread and must not close the stage itself.
 */
public final class Stage implements AutoCloseable {
    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** So long after a fault the next is no longer in a row with it. */
    private static final Duration CALM = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final String name;
    private final KafkaStreams streams;
    private final Admin admin;
    private final Consumer<StageFailure> onFailure;
    private final Backlog backlog;
    private final LongAdder readBack = new LongAdder();
    private final int most;
    private final AtomicInteger tries = new AtomicInteger();
    private volatile long faulted = System.nanoTime();

    private Stage(StageApp app, StreamsSettings settings, Consumer<StageFailure> onFailure) {
        Properties all = settings.properties(app.stage());
        this.name = app.stage();
        this.backlog = app.backlog();
        this.onFailure = onFailure;
        this.most = TRIES * settings.threads();
        this.streams = new KafkaStreams(
                app.build().apply(settings.topologyConfig(app.stage())),
                all,
                new PacedClients(settings.commitInterval()));
        this.admin = Admin.create(Map.copyOf(settings.client()));
        streams.setUncaughtExceptionHandler(this::failed);
        streams.setGlobalStateRestoreListener(new ReadBack());
    }

    /** Counts what is read of changelogs. */
    private final class ReadBack implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long start, long end) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
            readBack.add(records);
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long records) {}
    }

    /** Starts and returns at once; {@link #status} tells when it runs. */
    public static Stage start(StageApp app, StreamsSettings settings, Consumer<StageFailure> onFailure) {
        Stage stage = new Stage(app, settings, onFailure);
        stage.streams.start();
        return stage;
    }

    /** Asks the cluster for lags: some milliseconds. */
    public StageStatus status() {
        State state = state();
        return new StageStatus(
                name,
                state,
                state == State.RUNNING,
                readBack.sum(),
                Lags.of(admin, name, inputs()),
                backlog.subjects());
    }

    /**
     * A store of one of this instance's tasks, to be asked (interactive query); empty: the task is another instance's, or its store is not
     * complete. Another instance's would have to be asked there, by what {@code application.server} of the group says: nothing does so yet.
     */
    public Optional<ReadOnlyKeyValueStore<Bytes, byte[]>> store(String name, int partition) {
        try {
            return Optional.of(streams.store(
                    StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                            .withPartition(partition)));
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    /** Waits until everything is worked off that could be read of its inputs when this was asked; false if that takes longer. */
    public boolean caughtUp(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        if (state() != State.RUNNING) {
            return false;
        }
        Map<TopicPartition, Long> wanted = Lags.ends(admin, inputs());
        while (backlog.subjects() > 0 || !Lags.reached(admin, name, wanted)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return state() == State.RUNNING;
    }

    /** Leaves the group, so that another instance or the next start takes over at once. */
    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSING));
        admin.close(Duration.ofSeconds(5));
    }

    private State state() {
        return switch (streams.state()) {
            case CREATED, REBALANCING -> State.STARTING;
            case RUNNING -> State.RUNNING;
            case PENDING_SHUTDOWN -> State.STOPPING;
            case NOT_RUNNING -> State.STOPPED;
            case PENDING_ERROR, ERROR -> State.FAILED;
        };
    }

    private Set<TopicPartition> inputs() {
        Set<TopicPartition> inputs = new HashSet<>();
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            thread.activeTasks().forEach(task -> inputs.addAll(task.topicPartitions()));
        }
        return inputs;
    }

    private StreamThreadExceptionResponse failed(Throwable error) {
        if (System.nanoTime() - faulted > CALM.toNanos()) {
            tries.set(0);
        }
        faulted = System.nanoTime();
        if (StageFailure.passing(error) && tries.incrementAndGet() <= most) {
            LockSupport.parkNanos(PAUSE.toNanos());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        onFailure.accept(StageFailure.of(name, error));
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
