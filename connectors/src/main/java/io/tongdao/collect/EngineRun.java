package io.tongdao.collect;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a Debezium engine on a thread of its own, from one position to where it is closed or breaks. */
final class EngineRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);
    private static final long CLOSE_SECONDS = 30;
    private static final long AGAIN_MILLIS = 20;
    private final String name;
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final ExecutorService thread;
    private volatile boolean running = true;
    private volatile boolean started;
    private volatile boolean closing;

    private EngineRun(
            String name, Properties settings, Batches batches, BiConsumer<EngineRun, @Nullable Throwable> ended) {
        this.name = name;
        this.thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "collect-" + name));
        this.engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(settings)
                .using(OffsetCommitPolicy.always())
                .using((success, message, error) -> end(error, ended))
                .using(new Started())
                .notifying(batches)
                .build();
    }

    /** @param ended called if the run ends by itself, with what broke it */
    static EngineRun start(
            String name, Properties settings, Batches batches, BiConsumer<EngineRun, @Nullable Throwable> ended) {
        EngineRun run = new EngineRun(name, settings, batches, ended);
        run.thread.execute(run.engine);
        return run;
    }

    private void end(@Nullable Throwable error, BiConsumer<EngineRun, @Nullable Throwable> ended) {
        running = false;
        if (!closing) {
            ended.accept(this, error);
        }
    }

    boolean running() {
        return running;
    }

    private final class Started implements DebeziumEngine.ConnectorCallback {
        @Override
        public void taskStarted() {
            started = true;
        }
    }

    /** An engine that is just starting can't be closed: closed halfway it would leave its clients behind. */
    private boolean closed() {
        try {
            if (started) {
                engine.close();
            }
            return started;
        } catch (IOException | IllegalStateException e) {
            LOG.debug("collect {}: the engine is starting or has ended", name);
            return false;
        }
    }

    /** Stops reading and waits until what was read is safe. */
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            Instant limit = Instant.now().plusSeconds(CLOSE_SECONDS);
            while (running && !closed() && Instant.now().isBefore(limit)) {
                Thread.sleep(AGAIN_MILLIS);
            }
            long left = Duration.between(Instant.now(), limit).toMillis();
            if (!thread.awaitTermination(left, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.shutdownNow();
        }
    }
}
