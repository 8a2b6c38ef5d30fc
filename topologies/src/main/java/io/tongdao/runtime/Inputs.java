package io.tongdao.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Whether all instances of a stage together have read what there was at a moment, and what came of it by its repartitions. */
public final class Inputs {
    private static final String REPARTITION = "-repartition";
    /** A letter brings about letters, a handful at most; what comes after that is of changes that came meanwhile. */
    private static final int ROUNDS = 20;

    private final Admin admin;
    private final String stage;
    /** A rebalance may give tasks away and not yet to others: an assignment counts once it has stood for a while. */
    private static final Duration STANDS = Duration.ofSeconds(2);

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private int rounds;
    private long since;

    public Inputs(Admin admin, String stage) {
        this.admin = admin;
        this.stage = stage;
    }

    /** To be asked until it is so. */
    public boolean read() {
        Set<TopicPartition> assigned = assigned();
        if (!assigned.equals(ends.keySet())) {
            ends.clear();
            ends.putAll(Lags.ends(admin, assigned));
            rounds = 0;
            since = System.nanoTime();
        }
        if (ends.isEmpty() || System.nanoTime() - since < STANDS.toNanos() || !reached()) {
            return false;
        }
        // also what is not committed yet: it may be what a task that has read everything wrote to another
        Map<TopicPartition, Long> letters = Lags.written(
                admin,
                ends.keySet().stream()
                        .filter(partition -> partition.topic().endsWith(REPARTITION))
                        .collect(Collectors.toSet()));
        boolean more =
                letters.entrySet().stream().anyMatch(end -> end.getValue() > ends.getOrDefault(end.getKey(), 0L));
        ends.putAll(letters);
        return !more || ++rounds > ROUNDS;
    }

    /** The input partitions of all instances; none while tasks are being moved. */
    private Set<TopicPartition> assigned() {
        String group = StreamsSettings.applicationId(stage);
        Set<TopicPartition> all = new HashSet<>();
        try {
            ConsumerGroupDescription found =
                    Lags.get(admin.describeConsumerGroups(Set.of(group)).all()).get(group);
            if (found != null && found.groupState() == GroupState.STABLE) {
                found.members().forEach(member -> all.addAll(member.assignment().topicPartitions()));
            }
        } catch (KafkaException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return all;
    }

    private boolean reached() {
        Map<TopicPartition, OffsetAndMetadata> done =
                Lags.get(admin.listConsumerGroupOffsets(StreamsSettings.applicationId(stage))
                        .partitionsToOffsetAndMetadata());
        Set<TopicPartition> fresh =
                ends.keySet().stream().filter(p -> done.get(p) == null).collect(Collectors.toSet());
        Map<TopicPartition, Long> begins = Lags.offsets(admin, fresh, OffsetSpec.earliest());
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = done.get(end.getKey());
            long from = at == null ? begins.getOrDefault(end.getKey(), 0L) : at.offset();
            return from >= end.getValue();
        });
    }
}
