package io.tongdao.ops.api;

import io.tongdao.contract.topic.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code ctl.token} from its beginning, and what comes. For one thread. An entry that can't be read is no token. */
final class TokenJournal implements AutoCloseable {
    private static final TopicPartition WHOLE = new TopicPartition(Names.API_TOKENS, 0);
    private static final Duration WAIT = Duration.ofMillis(100);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, ApiToken> tokens = new TreeMap<>();

    TokenJournal(Map<String, Object> client) {
        Map<String, Object> reading = new HashMap<>(client);
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "enable.auto.commit", false, "auto.offset.reset", "earliest"));
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(WHOLE));
        consumer.seekToBeginning(List.of(WHOLE));
    }

    /** By id, as they stand now. */
    Map<String, ApiToken> toEnd() {
        long end = consumer.endOffsets(List.of(WHOLE)).getOrDefault(WHOLE, 0L);
        while (consumer.position(WHOLE) < end) {
            poll();
        }
        return Map.copyOf(tokens);
    }

    /** By id, after what came within a moment. */
    Map<String, ApiToken> poll() {
        consumer.poll(WAIT).forEach(record -> {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            tokens.remove(id);
            if (record.value() != null) {
                try {
                    tokens.put(id, ApiToken.FORMAT.decode(record.value()));
                } catch (IllegalArgumentException e) {
                    tokens.remove(id);
                }
            }
        });
        return Map.copyOf(tokens);
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
