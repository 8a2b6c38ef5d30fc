package io.tongdao.ops.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.incident.Collected;
import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.provision.ProvisionFailed;
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

/** Reads {@code ctl.incident} from its beginning, and writes it. */
public final class IncidentJournal {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final TopicPartition TOPIC = new TopicPartition(Names.INCIDENTS, 0);
    private final Map<String, Object> client;

    /** @param client how to reach the cluster as who decides */
    public IncidentJournal(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /** What is on record: incidents by id, and what was collected under each. */
    public record Known(SortedMap<String, Incident> incidents, SortedMap<String, Set<String>> collected) {
        Known() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        /** The datasets that were ever collected under an incident. */
        public Set<String> under(String incident) {
            return collected.getOrDefault(incident, Set.of());
        }

        private void take(String key, byte @Nullable [] value) {
            if (value == null) {
                incidents.remove(key);
            } else if (key.startsWith(Collected.KEYS)) {
                Collected now = Collected.FORMAT.decode(value);
                collected.put(now.incident(), now.datasets());
            } else {
                incidents.put(key, Incident.FORMAT.decode(value));
            }
        }
    }

    public Known all() {
        try (KafkaConsumer<byte[], byte[]> consumer = reader()) {
            return toEnd(consumer);
        }
    }

    /** Everything up to now, from where a reader is on. */
    static Known toEnd(KafkaConsumer<byte[], byte[]> consumer) {
        Known all = new Known();
        long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
        Instant limit = Instant.now().plus(LIMIT);
        while (consumer.position(TOPIC) < end) {
            if (Instant.now().isAfter(limit)) {
                throw new ProvisionFailed(
                        Names.INCIDENTS + " could not be read to its end", new IllegalStateException());
            }
            poll(consumer, STEP, all);
        }
        return all;
    }

    /** From the beginning on; whoever reads it closes it. */
    KafkaConsumer<byte[], byte[]> reader() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(TOPIC));
        consumer.seekToBeginning(List.of(TOPIC));
        return consumer;
    }

    /** Takes what comes within a time. */
    static void poll(KafkaConsumer<byte[], byte[]> consumer, Duration wait, Known known) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            known.take(new String(record.key(), UTF_8), record.value());
        }
    }

    /** Returns when it is on record. */
    public Incident write(Incident incident) {
        write(incident.id(), Incident.FORMAT.encode(incident));
        return incident;
    }

    /** Returns when it is on record. */
    void write(Collected collected) {
        write(collected.key(), Collected.FORMAT.encode(collected));
    }

    private void write(String key, byte[] value) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Names.INCIDENTS, 0, key.getBytes(UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new ProvisionFailed(Names.INCIDENTS + " was not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
