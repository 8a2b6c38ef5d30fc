package io.tongdao.runtime;

import io.tongdao.contract.identity.SubjectKey;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** The one partitioner of Tongdao as Kafka Streams takes it: every sink and repartition names it. */
public final class BySubject<V> implements StreamPartitioner<byte[], V> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, V value, int partitions) {
        return Optional.of(Set.of(SubjectKey.partition(key, partitions)));
    }
}
