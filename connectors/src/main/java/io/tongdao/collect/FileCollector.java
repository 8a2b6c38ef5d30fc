package io.tongdao.collect;

import io.tongdao.collect.files.DropFolder;
import io.tongdao.collect.files.Manifest;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Inbox;
import io.tongdao.contract.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what one agency drops into its inbox (批量交换), into the same topics and under the same keys as a table's rows. A file is
 * taken whole or not at all, exactly once, in the order of its manifests' sequence. Wherever this process is killed, the next one finds
 * what is committed and goes on. Close before the broker.
 */
public final class FileCollector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileCollector.class);
    private static final long CLOSE_SECONDS = 30;

    private final FileSettings settings;
    private final Consumer<CollectFailure> onFailure;
    private final ScheduledExecutorService control;
    private final Map<String, FileLoad> last = new TreeMap<>();
    private final Map<String, String> reported = new TreeMap<>();
    private volatile Inbox inbox;
    private volatile Map<String, FileTable> tables;
    private volatile Seen seen = new Seen(List.of(), 0, 0);
    private volatile @Nullable Taking taking;
    private volatile @Nullable String problem;
    private volatile boolean stopped;
    private @Nullable FileSession session;

    /** What the latest look found. */
    private record Seen(List<String> waiting, int bare, int failed) {}

    /** A file on its way. */
    private record Taking(Manifest manifest, FileTally tally) {}

    private FileCollector(Plan plan, Inbox inbox, FileSettings settings, Consumer<CollectFailure> onFailure) {
        this.inbox = inbox;
        this.tables = tables(plan, inbox);
        this.settings = settings;
        this.onFailure = onFailure;
        this.control =
                Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "collect-files-" + inbox.name()));
    }

    private static Map<String, FileTable> tables(Plan plan, Inbox inbox) {
        Map<String, FileTable> tables = new TreeMap<>();
        for (DatasetPlan dataset : plan.filed(inbox.name())) {
            tables.put(dataset.id(), new FileTable(dataset));
        }
        return tables;
    }

    /**
     * Begins to look into the inbox; returns at once. A directory that is not there is said in {@link #status} and looked for again.
     *
     * @param onFailure called once if collection stops by itself; the collector still has to be closed
     */
    public static FileCollector start(
            Plan plan, Inbox inbox, FileSettings settings, Consumer<CollectFailure> onFailure) {
        FileCollector collector = new FileCollector(plan, inbox, settings, onFailure);
        long pause = settings.look().toMillis();
        collector.control.scheduleWithFixedDelay(collector::look, 0, pause, TimeUnit.MILLISECONDS);
        return collector;
    }

    /** The inbox that it empties. */
    public String inbox() {
        return inbox.name();
    }

    /** Goes on by another catalogue, between two files. Topics and schemas of the next plan must be there. */
    public void apply(Plan next) {
        try {
            control.submit(() -> {
                        Inbox moved = next.inboxes().get(inbox.name());
                        if (moved == null) {
                            throw new CollectException(
                                    "inbox " + inbox.name() + " is not in the catalogue: close its collector");
                        }
                        inbox = moved;
                        tables = tables(next, moved);
                    })
                    .get();
        } catch (ExecutionException e) {
            throw new CollectException("inbox " + inbox.name() + ": the catalogue was not taken over", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("inbox " + inbox.name() + ": interrupted", e);
        }
    }

    public FileStatus status() {
        Taking now = taking;
        List<FileStatus.Dataset> datasets = new ArrayList<>();
        synchronized (last) {
            tables.keySet()
                    .forEach(dataset -> datasets.add(new FileStatus.Dataset(
                            dataset,
                            last.get(dataset),
                            now != null && now.manifest().dataset().equals(dataset)
                                    ? "%s: %,d of %,d rows"
                                            .formatted(
                                                    now.manifest().id(),
                                                    now.tally().rows.get(),
                                                    now.manifest().rows())
                                    : null)));
        }
        Seen found = seen;
        return new FileStatus(inbox.name(), !stopped, problem, datasets, found.waiting(), found.bare(), found.failed());
    }

    private void look() {
        if (stopped) {
            return;
        }
        try {
            DropFolder folder = new DropFolder(Path.of(inbox.directory()));
            if (!Files.isDirectory(Path.of(inbox.directory()))) {
                say("the directory of inbox " + inbox.name() + " is not there: make or mount it");
                return;
            }
            FileSession open = session == null ? open() : session;
            DropFolder.Content content = folder.look();
            List<String> waiting = new InboxLook(folder, open, tables, settings.check(), this::taking, this::taken)
                    .settle(content.drops());
            seen = new Seen(List.copyOf(waiting), content.bare(), folder.failures());
            report(waiting);
            say(null);
        } catch (ProducerFencedException e) {
            fail("another collector empties the inbox now; run one only");
        } catch (CollectException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            close(session);
            say("Kafka does not answer (" + e.getClass().getSimpleName() + "); tried again");
        } catch (UncheckedIOException e) {
            close(session);
            say("the schema registry or the scratch directory does not answer; tried again");
        } catch (IOException e) {
            say("the inbox can't be read or written (" + e.getClass().getSimpleName() + "); tried again");
        } catch (RuntimeException e) {
            fail(CollectFailure.of(inbox.name(), e).line());
        }
    }

    private FileSession open() throws IOException {
        FileSession opened = new FileSession(inbox.name(), settings);
        session = opened;
        synchronized (last) {
            tables.keySet().forEach(dataset -> {
                FileLoad newest = opened.ledger().newest(dataset);
                if (newest != null) {
                    last.put(dataset, newest);
                }
            });
        }
        return opened;
    }

    private void taking(Manifest manifest, FileTally tally) {
        taking = new Taking(manifest, tally);
    }

    private void taken(@Nullable FileLoad load) {
        taking = null;
        if (load != null) {
            synchronized (last) {
                last.put(load.dataset(), load);
            }
        }
    }

    /** Each reason is logged once, not every second. */
    private void report(List<String> waiting) {
        reported.keySet().retainAll(waiting);
        waiting.forEach(line -> {
            if (reported.put(line, line) == null) {
                LOG.info("collect {}: waits: {}", inbox.name(), line);
            }
        });
    }

    private void say(@Nullable String now) {
        if (now != null && !now.equals(problem)) {
            LOG.warn("collect {}: {}", inbox.name(), now);
        }
        problem = now;
    }

    private void fail(String line) {
        stopped = true;
        problem = line;
        LOG.error("collect {} stopped: {}", inbox.name(), line);
        onFailure.accept(new CollectFailure(inbox.name(), line));
    }

    private void close(@Nullable FileSession open) {
        session = null;
        if (open != null) {
            open.close();
        }
    }

    /** Stops looking. A file that is being taken is finished if that takes no longer than half a minute, else given up whole. */
    @Override
    public void close() {
        control.shutdown();
        try {
            if (!control.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                control.shutdownNow();
                var unused = control.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            control.shutdownNow();
        }
        stopped = true;
        close(session);
    }
}
