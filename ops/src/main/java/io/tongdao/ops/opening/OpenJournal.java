package io.tongdao.ops.opening;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.open.Opening;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.provision.ProvisionFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Reads {@code ctl.open} from its beginning, and writes it. */
public final class OpenJournal {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final TopicPartition TOPIC = new TopicPartition(Names.OPENINGS, 0);
    private final Map<String, Object> client;

    /** @param client how to reach the cluster as who decides */
    public OpenJournal(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /** All versions of all publications, by key. */
    SortedMap<String, Opening> all() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        SortedMap<String, Opening> all = new TreeMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
            Instant limit = Instant.now().plus(LIMIT);
            while (consumer.position(TOPIC) < end) {
                if (Instant.now().isAfter(limit)) {
                    throw new ProvisionFailed(
                            Names.OPENINGS + " could not be read to its end", new IllegalStateException());
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
                    all.put(new String(record.key(), UTF_8), Opening.FORMAT.decode(record.value()));
                }
            }
        }
        return all;
    }

    /** Returns when it is on record. */
    void write(Opening opening) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        byte[] key = opening.key().getBytes(UTF_8);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Names.OPENINGS, 0, key, Opening.FORMAT.encode(opening)))
                    .get();
        } catch (ExecutionException e) {
            throw new ProvisionFailed(Names.OPENINGS + " was not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
