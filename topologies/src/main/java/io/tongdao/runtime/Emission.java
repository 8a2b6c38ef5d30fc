package io.tongdao.runtime;

import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A record's value with the topic that it goes to: one sink serves any number of topics, so that the shape of a topology does not
 * depend on how many there are. The topic must exist already.
 *
 * @param value null: a tombstone
 */
public record Emission(String topic, byte @Nullable [] value) {

    /** Adds the sink that writes each emission to its own topic, partitioned by subject. */
    public static void addSink(Topology topology, String name, String... parents) {
        Serializer<Emission> value = (topic, emission) -> emission.value();
        topology.addSink(
                name,
                (key, emission, context) -> emission.topic(),
                new ByteArraySerializer(),
                value,
                new BySubject<Emission>(),
                parents);
    }

    @Override
    public String toString() {
        return "Emission[" + topic + "]";
    }
}
