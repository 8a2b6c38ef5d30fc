package io.tongdao.ops.bench;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.GoldenRecord;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What a golden record says, as text that can be compared: items with their sources, and what is disputed. */
final class GoldenContent {
    private GoldenContent() {}

    /** @return empty: there is none */
    static String of(GoldenRecord golden) {
        if (!golden.exists()) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        golden.items()
                .forEach((name, item) -> item(
                        out,
                        name,
                        item.value(),
                        item.dataset(),
                        item.since(),
                        item.at() == null ? null : item.at().toEpochMilli(),
                        item.rule().word()));
        return out.append(new TreeSet<>(golden.disputed())).toString();
    }

    /** @param record as its topic has it; null: a tombstone */
    static String of(BasePlan base, @Nullable GenericRecord record) {
        if (record == null) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        Map<?, ?> sources = (Map<?, ?>) record.get(BasePlan.SOURCES);
        base.items().keySet().forEach(name -> {
            Object value = record.get(name);
            if (value != null) {
                GenericRecord source =
                        (GenericRecord) Objects.requireNonNull(sources.get(name), "every item has a source");
                Pos since = Pos.parse(bytes((ByteBuffer) source.get("pos")));
                item(
                        out,
                        name,
                        value,
                        source.get("dataset").toString(),
                        since,
                        source.get("at"),
                        source.get("rule").toString());
            }
        });
        TreeSet<String> disputed = new TreeSet<>();
        ((Collection<?>) record.get(BasePlan.DISPUTED)).forEach(name -> disputed.add(name.toString()));
        return out.append(disputed).toString();
    }

    private static void item(
            StringBuilder out, String name, Object value, String dataset, Pos since, @Nullable Object at, String rule) {
        out.append(name).append('=').append(value).append(' ').append(dataset).append(' ');
        out.append(since).append(' ').append(at).append(' ').append(rule).append('\n');
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
