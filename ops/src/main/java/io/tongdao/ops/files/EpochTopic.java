package io.tongdao.ops.files;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.lakehouse.query.AvroCells;
import io.tongdao.lakehouse.query.KeyedTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The topic of a grant's epoch, read from its beginning to where it ends at a moment, committed only. */
final class EpochTopic {
    private static final Duration WAIT = Duration.ofMillis(200);
    /** Markers are tombstones, and there for a day at least; what was acknowledged so long ago needs none: its transaction is over. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final Map<String, Object> client;
    private final GrantPlan plan;
    private final Set<String> markers = new HashSet<>();

    /** @param client how to reach the cluster as who may read the topic */
    EpochTopic(Map<String, Object> client, GrantPlan plan) {
        this.client = client;
        this.plan = plan;
    }

    /** The topic is not filled yet, or it is gone. */
    static final class NotYet extends IOException {
        private static final long serialVersionUID = 1;

        NotYet(String why) {
            super(why);
        }
    }

    /**
     * Puts all of it into a table.
     *
     * @param wanted asked while it is read: false ends it
     * @return partition → where it ended
     * @throws NotYet if it is not all that the grant releases
     */
    Map<Integer, Long> into(
            KeyedTable table, WireFormat wire, Map<String, Ack> acks, Instant now, BooleanSupplier wanted)
            throws IOException {
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = IntStream.range(0, plan.topic().partitions())
                    .mapToObj(partition -> new TopicPartition(plan.topic().name(), partition))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            WireFormat.Reader reader = wire.reader(plan.topic().schema());
            AvroCells cells = new AvroCells(plan.topic().schema());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (!wanted.getAsBoolean()) {
                    throw new NotYet("the grant no longer flows");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                    Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                    if (end != null && record.offset() < end) {
                        take(record, table, reader, cells);
                    }
                }
            }
            if (!filled(acks, now)) {
                throw new NotYet("the grant is still being filled");
            }
            Map<Integer, Long> offsets = new TreeMap<>();
            ends.forEach((part, end) -> offsets.put(part.partition(), end));
            return offsets;
        }
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record, KeyedTable table, WireFormat.Reader reader, AvroCells cells)
            throws IOException {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (SubjectKey.isMarker(record.key())) {
            markers.add(record.partition() + "|" + key);
        } else if (record.value() == null) {
            table.remove(key);
        } else {
            table.put(key, cells.of(reader.decode(record.value())));
        }
    }

    private boolean filled(Map<String, Ack> acks, Instant now) {
        return IntStream.range(0, plan.source().partitions())
                .allMatch(task -> marked(task) || settled(acks.get(ack(task)), now));
    }

    private boolean marked(int task) {
        String marker = "!complete:" + plan.kind().word() + ":" + task;
        return IntStream.range(0, plan.topic().partitions())
                .allMatch(partition -> markers.contains(partition + "|" + marker));
    }

    private String ack(int task) {
        Grant grant = plan.grant();
        return grant.id() + "|" + grant.epoch() + "|" + plan.kind().word() + "|" + task;
    }

    private static boolean settled(@Nullable Ack ack, Instant now) {
        return ack != null
                && ack.state() == Ack.State.BACKFILLED
                && ack.at().plus(SETTLED).isBefore(now);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return settings;
    }
}
