package io.tongdao.runtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How far a stage is behind its inputs, by the offsets that it has committed. */
final class Lags {
    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    private static final ListOffsetsOptions WRITTEN = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
    private static final int WAIT_SECONDS = 20;

    private Lags() {}

    /** @param local the input partitions of this instance; those that other instances have committed are added */
    static Map<TopicPartition, Long> of(Admin admin, String stage, Set<TopicPartition> local) {
        Map<TopicPartition, OffsetAndMetadata> done =
                get(admin.listConsumerGroupOffsets(StreamsSettings.applicationId(stage))
                        .partitionsToOffsetAndMetadata());
        Set<TopicPartition> all = new HashSet<>(local);
        all.addAll(done.keySet());
        Set<TopicPartition> fresh =
                all.stream().filter(p -> done.get(p) == null).collect(Collectors.toSet());
        Map<TopicPartition, Long> ends = ends(admin, all);
        Map<TopicPartition, Long> begins = offsets(admin, fresh, OffsetSpec.earliest());
        Map<TopicPartition, Long> lag = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata at = done.get(partition);
            long from = at == null ? begins.getOrDefault(partition, end) : at.offset();
            lag.put(partition, Math.max(0, end - from));
        });
        return Map.copyOf(lag);
    }

    /** Whether a stage has committed all that stands before these offsets. */
    static boolean reached(Admin admin, String stage, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> done =
                get(admin.listConsumerGroupOffsets(StreamsSettings.applicationId(stage))
                        .partitionsToOffsetAndMetadata());
        Set<TopicPartition> fresh =
                ends.keySet().stream().filter(p -> done.get(p) == null).collect(Collectors.toSet());
        Map<TopicPartition, Long> begins = offsets(admin, fresh, OffsetSpec.earliest());
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = done.get(end.getKey());
            return (at == null ? begins.getOrDefault(end.getKey(), 0L) : at.offset()) >= end.getValue();
        });
    }

    /** The end of what is committed. */
    static Map<TopicPartition, Long> ends(Admin admin, Set<TopicPartition> partitions) {
        return offsets(admin, partitions, OffsetSpec.latest());
    }

    /** The end of what is written, committed or not. */
    static Map<TopicPartition, Long> written(Admin admin, Set<TopicPartition> partitions) {
        return offsets(admin, partitions, OffsetSpec.latest(), WRITTEN);
    }

    static Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec) {
        return offsets(admin, partitions, spec, COMMITTED);
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec, ListOffsetsOptions level) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        var found = get(admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec)), level)
                .all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (TimeoutException e) {
            throw new KafkaException("the cluster does not tell offsets within " + WAIT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new KafkaException("the cluster does not tell offsets", e.getCause());
        }
    }
}
