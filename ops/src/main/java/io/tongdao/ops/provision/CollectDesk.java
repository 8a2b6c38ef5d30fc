package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.CollectOrder;
import io.tongdao.collect.Reject;
import io.tongdao.collect.SourceState;
import io.tongdao.collect.SourceState.State;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where orders to a running collection are placed: each call reads {@code ctl.source}, checks the order, and writes it to
 * {@code ctl.collect}. The connection's collector obeys it, now or when it next starts, once.
 */
public final class CollectDesk {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final int MOST_RETRIED = 10_000;
    private static final TopicPartition REJECTS = new TopicPartition(Names.REJECTS, 0);
    private static final TopicPartition ORDERS = new TopicPartition(Names.ORDERS, 0);
    private static final TopicPartition STATES = new TopicPartition(Names.SOURCES, 0);
    private final Map<String, Object> client;
    private final Plan plan;
    private final InstantSource clock;

    /** @param client how to reach the cluster as {@link Principals#DECIDE} */
    public CollectDesk(Map<String, Object> client, Plan plan, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.plan = plan;
        this.clock = clock;
    }

    /** An order as it was placed: obeyed once the dataset's {@link SourceState#ordered} is beyond {@code offset}. */
    public record Placed(List<String> datasets, long offset) {}

    /**
     * Has one table read again while its changes flow.
     *
     * @throws CollectException if there is no such dataset, or its connection has a gap
     */
    public Placed resnapshot(String dataset, String by) {
        DatasetPlan found = captured(dataset);
        SourceState state = states().get(dataset);
        if (state != null && state.state() == State.LOST) {
            throw gap(found);
        }
        return place(new CollectOrder(CollectOrder.Kind.RESNAPSHOT, dataset, by, clock.instant()), List.of(dataset));
    }

    /**
     * Begins a connection's stream anew: all its tables are read whole, what was deleted in the gap is ended.
     *
     * @throws CollectException if nothing is captured from such a connection
     */
    public Placed heal(String connection, String by) {
        List<String> datasets = plan.datasets().values().stream()
                .filter(d -> d.connection().equals(connection))
                .map(DatasetPlan::id)
                .toList();
        if (datasets.isEmpty()) {
            throw new CollectException("nothing is captured from a connection " + connection + "; there are: "
                    + String.join(", ", new TreeSet<>(plan.sources().keySet())));
        }
        return place(new CollectOrder(CollectOrder.Kind.HEAL, connection, by, clock.instant()), datasets);
    }

    /** A reject that is in force. @param since when its row was committed at the source, or else when it was rejected */
    public record OpenReject(Reject reject, Instant since) {}

    /** The rejects in force, in the order of their keys. */
    public List<OpenReject> rejects() {
        List<OpenReject> open = new ArrayList<>();
        newest(REJECTS).values().forEach(record -> {
            Reject reject = Reject.parse(record.value());
            Instant at = reject.at();
            open.add(new OpenReject(reject, at == null ? Instant.ofEpochMilli(record.timestamp()) : at));
        });
        return open;
    }

    /** Rows whose fetching was ordered: row → position of the reject that was meant. */
    public record Retried(String dataset, Map<String, String> rows) {}

    /**
     * Has rejected rows of a dataset fetched from their source again.
     *
     * @param rows by their digests, in hex; empty: all of the dataset that are rejected
     * @throws CollectException if there is nothing to fetch, or the table is being read whole anyway
     */
    public Retried retry(String dataset, Collection<String> rows, String by) {
        DatasetPlan found = captured(dataset);
        readable(found);
        Map<String, String> open = new TreeMap<>();
        for (OpenReject one : rejects()) {
            if (one.reject().dataset().equals(dataset)) {
                open.put(one.reject().row(), one.reject().pos());
            }
        }
        Map<String, String> wanted = new TreeMap<>(open);
        if (!rows.isEmpty()) {
            rows.stream().filter(row -> !open.containsKey(row)).findFirst().ifPresent(row -> {
                throw new CollectException(
                        "no row " + row + " of " + dataset + " is rejected: see tongdao reject show " + dataset);
            });
            wanted.keySet().retainAll(rows);
        }
        if (wanted.isEmpty()) {
            throw new CollectException("no row of " + dataset + " is rejected");
        }
        Map<String, String> all = ordered(dataset);
        all.entrySet().retainAll(open.entrySet());
        all.putAll(wanted);
        if (all.size() > MOST_RETRIED) {
            throw new CollectException(
                    "%,d rows of %s are rejected: that many are read with their table: ".formatted(all.size(), dataset)
                            + "tongdao collect resnapshot " + dataset);
        }
        place(new CollectOrder(CollectOrder.Kind.RETRY, dataset, by, clock.instant(), all), List.of(dataset));
        return new Retried(dataset, wanted);
    }

    /** What an earlier order wants and may not have been done yet. */
    private Map<String, String> ordered(String dataset) {
        CollectOrder key = new CollectOrder(CollectOrder.Kind.RETRY, dataset, "", Instant.EPOCH);
        ConsumerRecord<byte[], byte[]> record = newest(ORDERS).get(new String(key.key(), UTF_8));
        Map<String, String> rows =
                record == null ? null : CollectOrder.parse(record.value()).rows();
        return rows == null ? new TreeMap<>() : new TreeMap<>(rows);
    }

    private void readable(DatasetPlan found) {
        SourceState state = states().get(found.id());
        if (state != null && state.state() == State.LOST) {
            throw gap(found);
        }
        if (state == null || state.state() != State.STREAMING) {
            throw new CollectException(found.id() + " is being read whole, and its rejected rows with it");
        }
    }

    private static CollectException gap(DatasetPlan found) {
        return new CollectException(
                "the log of " + found.connection() + " has a gap, all its tables have to be read anew: "
                        + "tongdao collect heal " + found.connection() + " --yes");
    }

    /**
     * Waits until every row that was ordered has been fetched or spoke for itself.
     *
     * @return the rows that are rejected again, null if it takes longer
     */
    public @Nullable List<OpenReject> awaitRetried(Retried order, Duration timeout) {
        Instant limit = Instant.now().plus(timeout);
        while (true) {
            List<OpenReject> left = rejects().stream()
                    .filter(one -> one.reject().dataset().equals(order.dataset()))
                    .filter(one -> order.rows().containsKey(one.reject().row()))
                    .toList();
            if (left.stream()
                    .noneMatch(one -> one.reject()
                            .pos()
                            .equals(order.rows().get(one.reject().row())))) {
                return left;
            }
            if (Instant.now().isAfter(limit)) {
                return null;
            }
            pause();
        }
    }

    private DatasetPlan captured(String dataset) {
        DatasetPlan found = plan.datasets().get(dataset);
        if (found == null || found.connection().isEmpty()) {
            throw new CollectException("no dataset " + dataset + " is captured from a database; there are: "
                    + String.join(", ", captured()));
        }
        return found;
    }

    private TreeSet<String> captured() {
        TreeSet<String> ids = new TreeSet<>(plan.datasets().keySet());
        ids.removeIf(id -> !plan.datasets().containsKey(id)
                || plan.datasets().get(id).connection().isEmpty());
        return ids;
    }

    /** How far each dataset's collection is. */
    public SortedMap<String, SourceState> states() {
        SortedMap<String, SourceState> states = new TreeMap<>();
        newest(STATES).forEach((dataset, record) -> states.put(dataset, SourceState.parse(record.value())));
        return states;
    }

    /** A topic of one partition, read whole: the newest record of each key, deletions left out. */
    private SortedMap<String, ConsumerRecord<byte[], byte[]>> newest(TopicPartition topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        SortedMap<String, ConsumerRecord<byte[], byte[]>> newest = new TreeMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long end = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
            while (consumer.position(topic) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    String key = new String(record.key(), UTF_8);
                    if (record.value() == null) {
                        newest.remove(key);
                    } else {
                        newest.put(key, record);
                    }
                }
            }
        }
        return newest;
    }

    /** Waits until the order has been obeyed and its tables are whole; false if that takes longer. */
    public boolean awaitWhole(Placed order, Duration timeout) {
        Instant limit = Instant.now().plus(timeout);
        while (!whole(order)) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private boolean whole(Placed order) {
        Map<String, SourceState> states = states();
        return order.datasets().stream()
                .map(states::get)
                .allMatch(s -> s != null && s.ordered() > order.offset() && s.state() == State.STREAMING);
    }

    private Placed place(CollectOrder order, List<String> datasets) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long offset = producer.send(new ProducerRecord<>(Names.ORDERS, 0, order.key(), order.bytes()))
                    .get()
                    .offset();
            return new Placed(datasets, offset);
        } catch (ExecutionException e) {
            throw new ProvisionFailed("the order was not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
