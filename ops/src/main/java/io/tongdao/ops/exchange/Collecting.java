package io.tongdao.ops.exchange;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.CollectSettings;
import io.tongdao.collect.Collector;
import io.tongdao.collect.FileCollector;
import io.tongdao.collect.FileSettings;
import io.tongdao.contract.change.Touched;
import io.tongdao.contract.plan.Inbox;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.ops.embedded.Closing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The collection of all connections and all inboxes, each by its own; a change of the plan concerns those that it touches, the others go on. */
final class Collecting implements AutoCloseable {
    private static final int AT_A_TIME = 6;
    private final CollectSettings settings;
    private final FileSettings files;
    private final Consumer<String> failed;
    private final Map<String, Collector> collectors = new LinkedHashMap<>();
    private final Map<String, FileCollector> inboxes = new LinkedHashMap<>();
    private Plan plan;

    /** As the catalogue has it: with what is collected under incidents that are not open. */
    private Plan whole;

    private Set<String> incidents = Set.of();

    /** @param failed told by the collection of an inbox that stops by itself, in one line */
    Collecting(Plan plan, FileSettings files, Consumer<String> failed) {
        this.plan = plan.collecting(incidents);
        this.whole = plan;
        this.settings = files.collect();
        this.files = files;
        this.failed = failed;
    }

    /**
     * Starts all, some at a time: each mostly waits for its source.
     *
     * @throws CollectException if a source isn't fit; what has started is closed with this
     */
    synchronized void start() {
        List<CollectException> refused = new ArrayList<>();
        try (ExecutorService starting = Executors.newFixedThreadPool(AT_A_TIME)) {
            Map<String, Future<Collector>> started = new LinkedHashMap<>();
            plan.captured()
                    .forEach(source -> started.put(source.name(), starting.submit(() -> collector(plan, source))));
            started.forEach((name, collector) -> {
                try {
                    collectors.put(name, collector.get());
                } catch (ExecutionException e) {
                    refused.add(
                            e.getCause() instanceof CollectException one
                                    ? one
                                    : new CollectException("connection " + name + " could not be started", e));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    refused.add(new CollectException("connection " + name + ": interrupted", e));
                }
            });
        }
        if (!refused.isEmpty()) {
            refused.subList(1, refused.size()).forEach(refused.getFirst()::addSuppressed);
            throw refused.getFirst();
        }
        filled(plan).forEach(inbox -> start(plan, inbox));
    }

    /** The inboxes by which some dataset comes. */
    private static List<Inbox> filled(Plan plan) {
        return plan.inboxes().values().stream()
                .filter(inbox -> !plan.filed(inbox.name()).isEmpty())
                .toList();
    }

    synchronized List<Collector> all() {
        return List.copyOf(collectors.values());
    }

    synchronized List<FileCollector> inboxes() {
        return List.copyOf(inboxes.values());
    }

    /**
     * Goes on by another plan: new tables are taken up and changed ones read again while the others' changes flow. Returns the connections
     * that it touches.
     *
     * @throws CollectException if a source doesn't fit; its collection goes on as before
     */
    synchronized List<String> move(Plan wanted) {
        whole = wanted;
        Plan next = wanted.collecting(incidents);
        Touched touched = Touched.by(plan, next);
        touched.gone().forEach(this::stop);
        for (Source source : next.captured()) {
            Collector collector = collectors.get(source.name());
            if (collector == null) {
                start(next, source);
            } else {
                collector.apply(next);
            }
        }
        moveInboxes(next);
        plan = next;
        return List.copyOf(touched.connections());
    }

    /** Before it starts: for which incidents may be collected. */
    synchronized void begin(Set<String> open) {
        incidents = Set.copyOf(open);
        plan = whole.collecting(incidents);
    }

    /** Collects for these incidents alone from now on (art. 27). */
    synchronized void under(Set<String> open) {
        incidents = Set.copyOf(open);
        if (!whole.collecting(incidents)
                .datasets()
                .keySet()
                .equals(plan.datasets().keySet())) {
            move(whole);
        }
    }

    private void moveInboxes(Plan next) {
        List<Inbox> wanted = filled(next);
        List.copyOf(inboxes.keySet()).stream()
                .filter(name -> wanted.stream().noneMatch(inbox -> inbox.name().equals(name)))
                .forEach(this::stopInbox);
        for (Inbox inbox : wanted) {
            FileCollector collector = inboxes.get(inbox.name());
            if (collector == null) {
                start(next, inbox);
            } else {
                collector.apply(next);
            }
        }
    }

    private void start(Plan wanted, Inbox inbox) {
        inboxes.put(
                inbox.name(),
                FileCollector.start(
                        wanted,
                        inbox,
                        files,
                        failure -> failed.accept(
                                "collection from inbox " + failure.connection() + " stopped: " + failure.line())));
    }

    private void start(Plan wanted, Source source) {
        collectors.put(source.name(), collector(wanted, source));
    }

    private Collector collector(Plan wanted, Source source) {
        return Collector.start(wanted, source, settings);
    }

    private void stop(String connection) {
        Collector collector = collectors.remove(connection);
        if (collector != null) {
            collector.close();
        }
    }

    private void stopInbox(String inbox) {
        FileCollector collector = inboxes.remove(inbox);
        if (collector != null) {
            collector.close();
        }
    }

    @Override
    public synchronized void close() {
        List<AutoCloseable> all = new ArrayList<>(inboxes.values());
        all.addAll(collectors.values());
        inboxes.clear();
        collectors.clear();
        Closing.together(all);
    }
}
