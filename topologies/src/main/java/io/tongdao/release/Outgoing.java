package io.tongdao.release;

import io.tongdao.contract.identity.SubjectKey;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A released record's key and where it goes: one sink serves all grants, so that a grant changes no node. A marker names its partition, any
 * other record goes where the subject of its released key belongs.
 */
@SuppressWarnings("ArrayRecordComponent") // a key on its way out, never compared
record Outgoing(String topic, byte[] key, @Nullable Integer partition) {

    static Outgoing to(String topic, byte[] key) {
        return new Outgoing(topic, key, null);
    }

    static void addSink(Topology topology, String name, String parent) {
        Serializer<Outgoing> keys = (topic, out) -> out.key();
        StreamPartitioner<Outgoing, byte[]> partitioner =
                (topic, out, value, partitions) -> Optional.of(Set.of(out.in(partitions)));
        topology.addSink(
                name, (out, value, context) -> out.topic(), keys, new ByteArraySerializer(), partitioner, parent);
    }

    private int in(int partitions) {
        return partition == null ? SubjectKey.partition(key, partitions) : partition;
    }

    @Override
    public String toString() {
        return "Outgoing[" + topic + "]";
    }
}
