package io.tongdao.ops.bench;

import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.StageApp;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The floor that reconciliation is measured against, the least that a Kafka Streams application does that keeps what it reads: each topic
 * a table in a persistent store with its changelog, all their changes into one topic, values as bytes, nothing decoded.
 *
 * <pre>
 * topic ─ read ─ rows (store) ─ changes ─┐
 * topic ─ read ─ rows (store) ─ changes ─┴─ gather ─ write ─ out
 * </pre>
 */
final class FloorTopology {
    static final String NAME = "floor";
    static final String OUT = "bench.floor";
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private FloorTopology() {}

    static StageApp app(List<String> topics) {
        return new StageApp(NAME, new Backlog(), config -> build(config, topics));
    }

    private static Topology build(TopologyConfig config, List<String> topics) {
        StreamsBuilder builder = new StreamsBuilder(config);
        List<KStream<byte[], byte[]>> changes = new ArrayList<>();
        for (int i = 0; i < topics.size(); i++) {
            changes.add(builder.table(
                            topics.get(i),
                            Consumed.with(BYTES, BYTES).withName("read-" + i),
                            Materialized.<byte[], byte[], KeyValueStore<Bytes, byte[]>>as("rows-" + i)
                                    .withKeySerde(BYTES)
                                    .withValueSerde(BYTES))
                    .toStream(Named.as("changes-" + i)));
        }
        KStream<byte[], byte[]> all = changes.getFirst();
        for (int i = 1; i < changes.size(); i++) {
            all = all.merge(changes.get(i), Named.as("gather-" + i));
        }
        all.to(OUT, Produced.with(BYTES, BYTES).withName("write"));
        return builder.build();
    }
}
