package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.CollectOrder;
import io.tongdao.collect.SourceState;
import io.tongdao.collect.SourceState.State;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

/**
 * Where orders to a running collection are placed: each call reads {@code ctl.source}, checks the order, and writes it to
 * {@code ctl.collect}. The connection's collector obeys it, now or when it next starts, once.
 */
public final class CollectDesk {
    private static final Duration WAIT = Duration.ofMillis(200);
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
        DatasetPlan found = plan.datasets().get(dataset);
        if (found == null || found.connection().isEmpty()) {
            throw new CollectException("no dataset " + dataset + " is captured from a database; there are: "
                    + String.join(", ", captured()));
        }
        SourceState state = states().get(dataset);
        if (state != null && state.state() == State.LOST) {
            throw new CollectException(
                    "the log of " + found.connection() + " has a gap, all its tables have to be read anew: "
                            + "tongdao collect heal " + found.connection() + " --yes");
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

    private TreeSet<String> captured() {
        TreeSet<String> ids = new TreeSet<>(plan.datasets().keySet());
        ids.removeIf(id -> !plan.datasets().containsKey(id)
                || plan.datasets().get(id).connection().isEmpty());
        return ids;
    }

    /** How far each dataset's collection is. */
    public SortedMap<String, SourceState> states() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        SortedMap<String, SourceState> states = new TreeMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(STATES));
            consumer.seekToBeginning(List.of(STATES));
            long end = consumer.endOffsets(List.of(STATES)).getOrDefault(STATES, 0L);
            while (consumer.position(STATES) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    String dataset = new String(record.key(), UTF_8);
                    if (record.value() == null) {
                        states.remove(dataset);
                    } else {
                        states.put(dataset, SourceState.parse(record.value()));
                    }
                }
            }
        }
        return states;
    }

    /** Waits until the order has been obeyed and its tables are whole; false if that takes longer. */
    public boolean awaitWhole(Placed order, Duration timeout) {
        Instant limit = Instant.now().plus(timeout);
        while (!whole(order)) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            try {
                Thread.sleep(WAIT);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        return true;
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
