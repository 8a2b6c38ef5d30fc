package io.tongdao.ops.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
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
        try (Admin asking = Admin.create(admin)) {
            names(asking).forEach(topic -> found.put(topic, new TreeSet<>()));
        }
        each(
                admin,
                record -> found.computeIfAbsent(record.topic(), topic -> new TreeSet<>())
                        .addAll(in(record, markers)));
        return found;
    }

    private static Set<String> names(Admin admin) throws Exception {
        return admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
    }

    /** Every record of every topic, aborted ones too. */
    static void each(Map<String, Object> admin, Consumer<ConsumerRecord<byte[], byte[]>> act) throws Exception {
        Map<String, Object> settings = new HashMap<>(admin);
        settings.put("isolation.level", "read_uncommitted");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("exclude.internal.topics", false);
        try (Admin asking = Admin.create(admin);
                var consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = new ArrayList<>();
            for (String topic : names(asking)) {
                consumer.partitionsFor(topic).forEach(part -> parts.add(new TopicPartition(topic, part.partition())));
            }
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (!parts.stream().allMatch(part -> consumer.position(part) >= ends.get(part))) {
                consumer.poll(Duration.ofMillis(200)).forEach(act);
            }
        }
    }

    /** Topics with a record that has more than one of the markers, and which. */
    static Map<String, Set<String>> together(Map<String, Object> admin, Markers markers) throws Exception {
        Map<String, Set<String>> found = new TreeMap<>();
        each(admin, record -> {
            Set<String> in = in(record, markers);
            if (in.size() > 1) {
                found.computeIfAbsent(record.topic(), topic -> new TreeSet<>()).addAll(in);
            }
        });
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
