package io.tongdao.ops.incident;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.incident.Collected;
import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.incident.Incident.State;
import io.tongdao.contract.incident.IncidentLife;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.keys.IncidentKeys;
import io.tongdao.ops.provision.ProvisionFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code ctl.incident} in the exchange that runs: tells collection for which incidents it may collect, notes which datasets ever were
 * collected under one, and carries destructions out, also one that a kill broke off.
 */
public final class IncidentRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentRoom.class);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** How long a look at the keys holds: to open their file takes milliseconds. */
    private static final Duration SEEN = Duration.ofSeconds(5);

    private final IncidentJournal journal;
    private final IncidentKeys keys;
    private final Function<String, List<Grant>> grants;
    private final InstantSource clock;
    private final IncidentJournal.Known known;
    private final KafkaConsumer<byte[], byte[]> reader;
    private Consumer<Set<String>> collecting = open -> {};
    private volatile Plan plan;
    private volatile Set<String> open = Set.of();
    private Set<String> declared = Set.of();
    private Set<String> usable = Set.of();
    private Instant seenUntil = Instant.MIN;
    private volatile boolean closing;
    private Instant notBefore = Instant.MIN;
    private Thread thread = new Thread(() -> {});

    /**
     * @param journal as who decides
     * @param grants incident → the grants that were ever filed under it
     */
    public IncidentRoom(
            IncidentJournal journal,
            IncidentKeys keys,
            Function<String, List<Grant>> grants,
            Plan plan,
            InstantSource clock) {
        this.journal = journal;
        this.keys = keys;
        this.grants = grants;
        this.plan = plan;
        this.clock = clock;
        this.reader = journal.reader();
        this.known = IncidentJournal.toEnd(reader);
        note();
        this.open = openNow();
    }

    /** The incidents under which may be collected now: open, and their key is there. */
    public Set<String> open() {
        return open;
    }

    /** Another plan runs from now on. */
    public synchronized void take(Plan next) {
        plan = next;
        note();
    }

    /**
     * Follows from now on, on a thread of its own.
     *
     * @param collecting told the incidents under which may be collected, when they change
     */
    public void start(Destruction destruction, Traces traces, Consumer<Set<String>> collecting) {
        this.collecting = collecting;
        thread = Thread.ofPlatform().name("incidents").daemon().start(() -> follow(destruction, traces));
    }

    private void follow(Destruction destruction, Traces traces) {
        try (reader) {
            while (!closing) {
                try {
                    turn(destruction, traces);
                } catch (WakeupException e) {
                    LOG.debug("called to end");
                } catch (InterruptException e) {
                    return;
                } catch (KafkaException | ProvisionFailed | IncidentRefused | StartFailedException e) {
                    LOG.warn("incidents can't be followed, tried again: {}", e.getMessage());
                    Thread.sleep(AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(Destruction destruction, Traces traces) throws InterruptedException {
        Set<String> now = look();
        if (!now.equals(open)) {
            collecting.accept(now);
            open = now;
        }
        if (clock.instant().isAfter(notBefore)) {
            for (Incident incident : incidents()) {
                if (incident.state() == State.DESTROYING) {
                    destroy(incident, destruction, traces);
                }
            }
        }
    }

    private Set<String> look() {
        IncidentJournal.Known news = new IncidentJournal.Known();
        IncidentJournal.poll(reader, STEP, news);
        synchronized (this) {
            known.incidents().putAll(news.incidents());
            known.collected().putAll(news.collected());
            note();
            return openNow();
        }
    }

    private synchronized List<Incident> incidents() {
        return List.copyOf(known.incidents().values());
    }

    private Set<String> openNow() {
        Instant now = clock.instant();
        Set<String> open = known.incidents().values().stream()
                .filter(incident -> incident.open(now))
                .map(Incident::id)
                .collect(Collectors.toUnmodifiableSet());
        if (!open.equals(declared) || now.isAfter(seenUntil)) {
            usable = open.stream().filter(keys::live).collect(Collectors.toUnmodifiableSet());
            declared = open;
            seenUntil = now.plus(SEEN);
        }
        return usable;
    }

    /** What is collected under an incident is on record of it before anything of it is. */
    private void note() {
        for (DatasetPlan dataset : plan.datasets().values()) {
            Set<String> noted = known.under(dataset.incident());
            if (dataset.sealed() && !noted.contains(dataset.id())) {
                Set<String> all = new TreeSet<>(noted);
                all.add(dataset.id());
                journal.write(new Collected(dataset.incident(), all));
                known.collected().put(dataset.incident(), all);
            }
        }
    }

    private void destroy(Incident incident, Destruction destruction, Traces traces) throws InterruptedException {
        LOG.info("incident {} is being destroyed", incident.id());
        try {
            Certificate certificate = destruction.carryOut(remains(incident), PATIENCE);
            certificate.write(traces.data());
            Incident done = IncidentLife.step(
                    incident,
                    State.DESTROYED,
                    "tongdao",
                    certificate.removed().size() + " removed and proven, see certificates/" + incident.id() + ".txt",
                    clock.instant());
            journal.write(done);
            synchronized (this) {
                known.incidents().put(done.id(), done);
            }
            LOG.info(
                    "incident {} is destroyed: {} removed and proven",
                    incident.id(),
                    certificate.removed().size());
        } catch (Destruction.Unfinished | IOException e) {
            LOG.warn("incident {} is not destroyed yet, tried again: {}", incident.id(), e.getMessage());
            notBefore = clock.instant().plus(AGAIN);
        }
    }

    private synchronized Traces.Remains remains(Incident incident) {
        return new Traces.Remains(incident, known.under(incident.id()), grants.apply(incident.id()));
    }

    @Override
    public void close() {
        closing = true;
        reader.wakeup();
        try {
            thread.join(GRACE);
            thread.interrupt(); // a destruction goes on at the next start
            thread.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
