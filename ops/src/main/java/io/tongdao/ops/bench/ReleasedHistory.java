package io.tongdao.ops.bench;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a grant under the identifier itself must show of one dataset, told by the written rules from the dataset's topic, with none of the
 * stage's state; and the topics of the grant's epochs held against it.
 */
final class ReleasedHistory {
    private final WireFormat.Reader reader;
    private final Function<GenericRecord, @Nullable Map<String, Object>> shows;
    private final Map<String, Held> held = new HashMap<>();
    /** Key → what was to be seen of it, one after another; null: nothing. Begins with nothing. */
    private final Map<String, List<@Nullable Map<String, Object>>> seen = new TreeMap<>();

    private record Held(ByteBuffer row, Pos pos) {}

    /** @param shows what the grant shows of a row; null: the row is outside its filter */
    ReleasedHistory(
            DatasetPlan dataset, Function<GenericRecord, @Nullable Map<String, Object>> shows, WireFormat wire) {
        this.reader = wire.reader(dataset.topic().schema());
        this.shows = shows;
    }

    /** Takes a record of the dataset's topic, in the order of its partition. */
    void source(ConsumerRecord<byte[], byte[]> record) {
        String key = text(record.key());
        ByteBuffer row = ByteBuffer.wrap(Objects.requireNonNull(Lineage.row(record.headers())));
        Pos pos = Objects.requireNonNull(Lineage.pos(record.headers()));
        Held before = held.get(key);
        boolean foreign = record.value() == null && before != null && !before.row.equals(row);
        if (foreign || (before != null && pos.compareTo(before.pos) <= 0)) {
            return;
        }
        held.put(key, new Held(row, pos));
        List<@Nullable Map<String, Object>> states = seen.computeIfAbsent(key, first -> new ArrayList<>());
        Map<String, Object> shown = record.value() == null ? null : shows.apply(reader.decode(record.value()));
        Map<String, Object> last = states.isEmpty() ? null : states.getLast();
        if (!Objects.equals(last, shown)) {
            states.add(shown);
        }
    }

    /**
     * Holds one epoch against it: of each key what was to be seen from some moment on, each once and in order; to the end, if it still flows.
     *
     * @param released its topic's committed records
     * @param items of a released record
     * @return what is wrong, never a key
     */
    Set<String> check(
            List<ConsumerRecord<byte[], byte[]>> released, Function<byte[], Map<String, Object>> items, boolean flows) {
        Map<String, List<@Nullable Map<String, Object>>> shown = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : released) {
            if (!SubjectKey.isMarker(record.key())) {
                Map<String, Object> value = record.value() == null ? null : items.apply(record.value());
                List<@Nullable Map<String, Object>> states =
                        shown.computeIfAbsent(text(record.key()), first -> new ArrayList<>());
                // What a live change showed before the filling came to the row comes once more.
                boolean again = !states.isEmpty()
                        && Objects.equals(states.getLast(), value)
                        && Lineage.op(record.headers()) == Lineage.Op.READ;
                if (!again) {
                    states.add(value);
                }
            }
        }
        Set<String> wrong = new TreeSet<>();
        Set<String> keys = new HashSet<>(shown.keySet());
        keys.addAll(seen.keySet());
        for (String key : keys) {
            List<@Nullable Map<String, Object>> expected = seen.getOrDefault(key, List.of());
            List<@Nullable Map<String, Object>> actual = shown.getOrDefault(key, List.of());
            if (!follows(expected, actual, flows)) {
                wrong.add(actual.isEmpty() ? "a row is missing" : "a row is not what its source said, in its order");
            }
        }
        return wrong;
    }

    private static boolean follows(
            List<@Nullable Map<String, Object>> expected, List<@Nullable Map<String, Object>> actual, boolean flows) {
        if (actual.isEmpty()) {
            return !flows || expected.isEmpty() || expected.getLast() == null;
        }
        int last = expected.size() - actual.size();
        for (int from = flows ? Math.max(0, last) : 0; from <= last; from++) {
            if (expected.subList(from, from + actual.size()).equals(actual)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a record, committed or not, shows what the grant may show of its key at some time. */
    boolean allowed(ConsumerRecord<byte[], byte[]> record, Function<byte[], Map<String, Object>> items) {
        return SubjectKey.isMarker(record.key())
                || record.value() == null
                || seen.getOrDefault(text(record.key()), List.of()).contains(items.apply(record.value()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
