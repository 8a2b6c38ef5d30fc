package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.topic.Names;
import io.tongdao.runtime.RebuildAck;
import io.tongdao.runtime.RebuildOrder;
import io.tongdao.runtime.StageRebuild;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

/** Reads {@code ctl.stage} from its beginning, committed only, and writes it. For one thread. */
public final class StageJournal implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final TopicPartition TOPIC = new TopicPartition(Names.STAGES, 0);

    private final Map<String, Object> client;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Ordered> orders = new HashMap<>();
    private final SortedMap<String, StageRebuild> rebuilds = new TreeMap<>();
    private final Map<String, RebuildAck> acks = new HashMap<>();

    /** @param offset by which it is told from an earlier one */
    public record Ordered(RebuildOrder order, long offset) {}

    /** Reads what there is. */
    public StageJournal(Map<String, Object> client) {
        this.client = Map.copyOf(client);
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(TOPIC));
        consumer.seekToBeginning(List.of(TOPIC));
        readTo(consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L));
    }

    private void readTo(long end) {
        Instant limit = Instant.now().plus(LIMIT);
        while (consumer.position(TOPIC) < end) {
            if (Instant.now().isAfter(limit)) {
                throw new ProvisionFailed(Names.STAGES + " could not be read to its end", new IllegalStateException());
            }
            poll(STEP);
        }
    }

    /** Takes what has come. */
    public void poll(Duration timeout) {
        consumer.poll(timeout).forEach(this::take);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), UTF_8);
        if (key.startsWith(RebuildOrder.KEYS)) {
            RebuildOrder order = RebuildOrder.FORMAT.decode(record.value());
            orders.put(order.stage(), new Ordered(order, record.offset()));
        } else if (key.startsWith(StageRebuild.KEYS)) {
            StageRebuild rebuild = StageRebuild.FORMAT.decode(record.value());
            rebuilds.put(rebuild.stage(), rebuild);
        } else if (key.startsWith(RebuildAck.KEYS)) {
            RebuildAck ack = RebuildAck.FORMAT.decode(record.value());
            acks.put(ack.key(), ack);
        }
    }

    /** The last order to a stage; null: there was none. */
    public @Nullable Ordered order(String stage) {
        return orders.get(stage);
    }

    /** How far a stage's last rebuild is; null: it never was. */
    public @Nullable StageRebuild rebuild(String stage) {
        return rebuilds.get(stage);
    }

    public SortedMap<String, StageRebuild> rebuilds() {
        return new TreeMap<>(rebuilds);
    }

    /** Whether all parts of a stage have acknowledged a generation. */
    public boolean acknowledged(String stage, Set<String> parts, int generation) {
        return parts.stream()
                .map(part -> acks.get(new RebuildAck(stage, part, generation).key()))
                .allMatch(ack -> ack != null && ack.generation() == generation);
    }

    /** Returns when it is written and read: {@link #rebuild} gives it. */
    public void write(StageRebuild now) {
        readTo(write(now.key(), StageRebuild.FORMAT.encode(now)) + 1);
    }

    /** @return its offset */
    public long write(RebuildOrder order) {
        return write(order.key(), RebuildOrder.FORMAT.encode(order));
    }

    private long write(String key, byte[] value) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(Names.STAGES, 0, key.getBytes(UTF_8), value))
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            throw new ProvisionFailed(Names.STAGES + " was not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
