package io.tongdao.quality;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.runtime.BySubject;
import io.tongdao.runtime.Guarded;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Quality of rows (art. 19, GB/T 36344): {@code src.*} → {@code flag.quality}. The shape is the same for any number of datasets and rules:
 *
 * <pre>
 * src.* ─ judge-row ─┬───────────────────────────────────────── write-row-flags ─── flag.quality
 *                    └─ values, by keyed digest ─ compare-values ─ write-value-flags ─ flag.quality
 * </pre>
 *
 * One row alone is judged in its own partition; equal values of different rows meet by their keyed digest in one internal topic, which
 * holds no value.
 */
final class QualityTopology {
    private final Plan plan;
    private final WireFormat wire;
    private final QualitySettings settings;
    private final LocalDate day;

    /** @param day decides which versions of standards are in force */
    QualityTopology(Plan plan, WireFormat wire, QualitySettings settings, LocalDate day) {
        this.plan = plan;
        this.wire = wire;
        this.settings = settings;
        this.day = day;
    }

    Topology build(StreamsBuilder builder) {
        List<DatasetPlan> judged = judged(plan);
        if (judged.isEmpty()) {
            return builder.build();
        }
        List.of("verdicts-by-row", "rows-by-value").forEach(name -> builder.addStateStore(store(name)));
        // Every row changes the same few figures: of them a transaction writes the last.
        List.of("counts-by-row-window", "counts-by-value-window")
                .forEach(name -> builder.addStateStore(store(name).withCachingEnabled()));
        Serde<byte[]> bytes = Serdes.ByteArray();
        List<String> topics =
                judged.stream().map(dataset -> dataset.topic().name()).toList();
        KStream<byte[], Outgoing> rows = builder.stream(
                        topics, Consumed.with(bytes, bytes).withName("read-rows"))
                .process(
                        Guarded.<byte[], byte[], byte[], Outgoing>guard(
                                "judge-row", () -> new JudgeRow(this::datasets, settings)),
                        Named.as("judge-row"),
                        "verdicts-by-row",
                        "counts-by-row-window");
        KStream<byte[], Outgoing> values = rows.filter(
                        (key, out) -> out instanceof Outgoing.Value, Named.as("pick-values"))
                .mapValues(Outgoing::bytes, Named.as("write-values"))
                .repartition(Repartitioned.with(bytes, bytes)
                        .withName("values")
                        .withNumberOfPartitions(partitions())
                        .withStreamPartitioner(new BySubject<>()))
                .process(
                        Guarded.<byte[], byte[], byte[], Outgoing>guard(
                                "compare-values", () -> new CompareValues(settings)),
                        Named.as("compare-values"),
                        "rows-by-value",
                        "counts-by-value-window");
        write(rows.filter((key, out) -> out instanceof Outgoing.Flag, Named.as("pick-row-flags")), "row-flags");
        write(values, "value-flags");
        return builder.build();
    }

    private static void write(KStream<byte[], Outgoing> flags, String what) {
        flags.mapValues(Outgoing::bytes, Named.as("encode-" + what))
                .to(
                        Names.QUALITY,
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withName("write-" + what)
                                .withStreamPartitioner(new BySubject<>()));
    }

    /** The datasets with any rule, in the order of the catalogue. */
    static List<DatasetPlan> judged(Plan plan) {
        return plan.datasets().values().stream()
                .filter(dataset ->
                        !plan.rules().getOrDefault(dataset.id(), List.of()).isEmpty())
                .toList();
    }

    /** As the widest kind has: fixed for good, as theirs. */
    private int partitions() {
        return plan.partitions().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
    }

    /** Source topic → how its rows are judged; readers belong to one task. */
    private Map<String, JudgedDataset> datasets() {
        Map<String, JudgedDataset> datasets = new HashMap<>();
        for (DatasetPlan dataset : judged(plan)) {
            datasets.put(dataset.topic().name(), new JudgedDataset(plan, dataset, wire, settings.valueKey(), day));
        }
        return datasets;
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }
}
