package io.tongdao.ops.exchange;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.topic.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows {@code ctl.grant} and {@code ctl.ack}, and tells which grants flow: active, with everything provisioned for their epoch. */
public final class GrantWatch implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<List<Grant>> flowing;
    private final Consumer<String> failed;
    private final Map<String, Grant> grants = new TreeMap<>();
    private final Map<String, Integer> provisioned = new HashMap<>();
    private final Thread thread;
    private volatile Map<String, Grant> known = Map.of();
    private volatile Map<String, Ack> acks = Map.of();
    private volatile boolean closing;

    private GrantWatch(Map<String, Object> client, Consumer<List<Grant>> flowing, Consumer<String> failed) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.flowing = flowing;
        this.failed = failed;
        this.thread = Thread.ofPlatform().name("grant-watch").unstarted(this::watch);
    }

    /**
     * @param flowing told at the start and at each change, on the watch's thread
     * @param failed told why the watch ended, if it did by itself
     */
    public static GrantWatch start(Map<String, Object> client, Consumer<List<Grant>> flowing, Consumer<String> failed) {
        GrantWatch watch = new GrantWatch(client, flowing, failed);
        watch.thread.start();
        return watch;
    }

    /** The newest version of each grant, by id. */
    public Map<String, Grant> grants() {
        return known;
    }

    /** The newest acknowledgement of each task and of the provisioner, by key. */
    public Map<String, Ack> acks() {
        return acks;
    }

    private void watch() {
        Map<String, Ack> all = new TreeMap<>();
        try (consumer) {
            List<TopicPartition> parts =
                    List.of(new TopicPartition(Names.GRANTS, 0), new TopicPartition(Names.ACKS, 0));
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            List<Grant> told = null;
            while (!closing) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> take(record, all));
                List<Grant> now = flowing();
                known = Map.copyOf(grants);
                acks = Map.copyOf(all);
                if (!now.equals(told)) {
                    flowing.accept(now);
                    told = now;
                }
            }
        } catch (WakeupException | InterruptException e) {
            if (!closing) {
                failed.accept("the watch over grants was interrupted");
            }
        } catch (KafkaException | IllegalArgumentException e) {
            failed.accept("the watch over grants ended: " + e.getClass().getSimpleName());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Map<String, Ack> all) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            grants.remove(key);
            all.remove(key);
        } else if (record.topic().equals(Names.GRANTS)) {
            grants.put(key, GrantCodec.GRANT.decode(record.value()));
        } else {
            Ack ack = GrantCodec.ACK.decode(record.value());
            all.put(key, ack);
            if (ack.state() == Ack.State.PROVISIONED) {
                provisioned.merge(ack.grant(), ack.epoch(), Math::max);
            }
        }
    }

    private List<Grant> flowing() {
        List<Grant> now = new ArrayList<>();
        for (Grant grant : grants.values()) {
            if (GrantLife.flows(grant.status()) && provisioned.getOrDefault(grant.id(), 0) >= grant.epoch()) {
                now.add(grant);
            }
        }
        return now;
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
