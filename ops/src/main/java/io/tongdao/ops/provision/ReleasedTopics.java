package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.release.ReleaseStage;
import io.tongdao.runtime.StreamsSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What destroying an incident looks at and takes away on the broker; as one who may alter the cluster. */
public final class ReleasedTopics implements AutoCloseable {
    private static final String ROWS = "-rows-by-table-";
    private final Map<String, Object> client;
    private final Admin admin;
    private final Topics topics;

    /** @param client how to reach the cluster as one who may alter it */
    public ReleasedTopics(Map<String, Object> client) {
        this.client = Map.copyOf(client);
        this.admin = Admin.create(this.client);
        this.topics = new Topics(admin, (short) 1);
    }

    public boolean exists(String topic) {
        return topics.names().contains(topic);
    }

    /** One that is not there has been. */
    public void delete(String topic) {
        topics.delete(List.of(topic));
    }

    /** How many keys of a table don't end in a tombstone in the changelogs of the release tasks. */
    public long liveEntries(String table) {
        String application = StreamsSettings.applicationId(ReleaseStage.NAME);
        List<String> logs = topics.internal(application).stream()
                .filter(topic -> topic.contains(ROWS) && topic.endsWith("-changelog"))
                .toList();
        byte[] prefix = (table + '\0').getBytes(UTF_8);
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        Set<ByteBuffer> live = new HashSet<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> parts = logs.stream()
                    .flatMap(log -> consumer.partitionsFor(log).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (Arrays.mismatch(record.key(), prefix) >= prefix.length) {
                        ByteBuffer key = ByteBuffer.wrap(record.key());
                        if (record.value() == null) {
                            live.remove(key);
                        } else {
                            live.add(key);
                        }
                    }
                });
            }
        }
        return live.size();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
