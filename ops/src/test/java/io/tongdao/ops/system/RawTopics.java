package io.tongdao.ops.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every topic of a broker as its super user sees it: each record's key, value and headers, aborted ones too. */
final class RawTopics {
    private RawTopics() {}

    /** Topic → the markers in it; topics without any are there with none. */
    static Map<String, Set<String>> holding(Map<String, Object> admin, Markers markers) throws Exception {
        Map<String, Set<String>> found = new TreeMap<>();
        Map<String, Object> settings = new HashMap<>(admin);
        settings.put("isolation.level", "read_uncommitted");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("exclude.internal.topics", false);
        try (Admin asking = Admin.create(admin);
                var consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = new ArrayList<>();
            for (String topic : asking.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get()) {
                found.put(topic, new TreeSet<>());
                consumer.partitionsFor(topic).forEach(part -> parts.add(new TopicPartition(topic, part.partition())));
            }
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (!parts.stream().allMatch(part -> consumer.position(part) >= ends.get(part))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> found.get(record.topic()).addAll(in(record, markers)));
            }
        }
        return found;
    }

    private static Set<String> in(ConsumerRecord<byte[], byte[]> record, Markers markers) {
        Set<String> found = new TreeSet<>();
        List<byte[]> places = new ArrayList<>();
        places.add(record.key());
        places.add(record.value());
        record.headers().forEach(header -> places.add(header.value()));
        places.stream().filter(bytes -> bytes != null).forEach(bytes -> found.addAll(markers.in(bytes)));
        return found;
    }
}
