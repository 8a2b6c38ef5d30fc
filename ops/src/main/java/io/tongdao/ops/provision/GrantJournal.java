package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.grant.GrantCommand;
import io.tongdao.contract.incident.Collected;
import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.incident.IncidentRules;
import io.tongdao.contract.topic.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Reads {@code ctl.grant}, {@code ctl.ack} and {@code ctl.incident} from their beginning, committed only, and writes them. For one thread. */
final class GrantJournal implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<TopicPartition> TOPICS = List.of(
            new TopicPartition(Names.GRANTS, 0),
            new TopicPartition(Names.ACKS, 0),
            new TopicPartition(Names.INCIDENTS, 0));
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Ack> acks = new HashMap<>();
    private final Map<String, Incident> incidents = new HashMap<>();

    /** @param grant null: the entry was removed, or is in a format that this version can't read */
    record Change(String id, @Nullable Grant grant) {}

    GrantJournal(Map<String, Object> client) {
        Map<String, Object> reading = new HashMap<>(client);
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(TOPICS);
        consumer.seekToBeginning(TOPICS);
        Map<String, Object> writing = new HashMap<>(client);
        writing.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Everything up to now; the last version of each grant that is there. */
    SortedMap<String, Grant> toEnd() {
        SortedMap<String, Grant> grants = new TreeMap<>();
        Map<TopicPartition, Long> end = consumer.endOffsets(TOPICS);
        Instant limit = Instant.now().plus(LIMIT);
        while (end.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            if (Instant.now().isAfter(limit)) {
                throw new ProvisionFailed(
                        "ctl.grant, ctl.ack and ctl.incident could not be read to their end",
                        new IllegalStateException());
            }
            poll(Duration.ofMillis(100)).forEach(change -> {
                if (change.grant() == null) {
                    grants.remove(change.id());
                } else {
                    grants.put(change.id(), change.grant());
                }
            });
        }
        return grants;
    }

    /** Changes of grants in their order; acknowledgements are kept. */
    List<Change> poll(Duration timeout) {
        List<Change> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            String key = new String(record.key(), UTF_8);
            if (record.topic().equals(Names.GRANTS)) {
                changes.add(new Change(key, grant(record.value())));
            } else if (record.topic().equals(Names.INCIDENTS)) {
                incident(key, record.value());
            } else if (record.value() == null) {
                acks.remove(key);
            } else {
                acks.put(key, GrantCodec.ACK.decode(record.value()));
            }
        }
        return changes;
    }

    private void incident(String id, byte @Nullable [] value) {
        if (value == null) {
            incidents.remove(id);
        } else if (!id.startsWith(Collected.KEYS)) {
            incidents.put(id, Incident.FORMAT.decode(value));
        }
    }

    /** Why a grant may not be filed or flow at a time: its incident isn't open. */
    List<String> notOpen(Grant grant, Instant now) {
        return IncidentRules.problems(grant, incidents.get(grant.papers().incident()), now);
    }

    /** What was last said about a partition of an epoch. */
    @Nullable
    Ack ack(String grant, int epoch, String kind, int partition) {
        return acks.get(grant + '|' + epoch + '|' + kind + '|' + partition);
    }

    void write(Grant grant) {
        await(List.of(producer.send(
                new ProducerRecord<>(Names.GRANTS, 0, grant.id().getBytes(UTF_8), GrantCodec.GRANT.encode(grant)))));
    }

    /** Takes out an entry that never was a grant. */
    void remove(String id) {
        await(List.of(producer.send(new ProducerRecord<>(Names.GRANTS, 0, id.getBytes(UTF_8), null))));
    }

    void write(Ack ack) {
        acks.put(new String(ack.key(), UTF_8), ack);
        await(List.of(producer.send(new ProducerRecord<>(Names.ACKS, 0, ack.key(), GrantCodec.ACK.encode(ack)))));
    }

    /** Sends an order to each partition; {@link #await} tells when all are there. */
    List<Future<RecordMetadata>> order(String topic, int partitions, GrantCommand command) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        byte[] key = command.grant().id().getBytes(UTF_8);
        for (int partition = 0; partition < partitions; partition++) {
            sent.add(producer.send(new ProducerRecord<>(topic, partition, key, GrantCodec.COMMAND.encode(command))));
        }
        return sent;
    }

    static void await(List<Future<RecordMetadata>> sent) {
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new ProvisionFailed("a control record was not written: " + e.getCause(), e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private static @Nullable Grant grant(byte @Nullable [] value) {
        try {
            return value == null ? null : GrantCodec.GRANT.decode(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
