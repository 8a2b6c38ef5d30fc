package io.tongdao.collect;

import io.tongdao.contract.topic.Names;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rejects that were open when a run of the engine began, by the first eight bytes of their rows: 8 bytes each in memory. A row that is
 * later read well or deleted ends its reject, whatever rejected it: {@link KeyBySubject} sees that from the row before the change only if
 * today's catalogue and code would reject that row, too. Two rows of equal eight bytes cost one needless tombstone.
 *
 * <p>For one thread.
 */
final class OpenRejects {
    static final OpenRejects NONE = new OpenRejects(Set.of(), Map.of());

    private final long[] rows;
    private final BitSet ended = new BitSet();
    private final Map<String, Map<String, String>> retries;

    private OpenRejects(Set<Long> open, Map<String, Map<String, String>> retries) {
        this.rows = open.stream().mapToLong(Long::longValue).sorted().toArray();
        this.retries = retries;
    }

    /**
     * @param ours which datasets
     * @param ordered what is to be fetched again: dataset → row → position of the reject that was meant
     */
    static OpenRejects read(WholeTopic reader, Predicate<String> ours, Map<String, Map<String, String>> ordered) {
        Set<Long> open = new HashSet<>();
        Map<String, Map<String, String>> retries = new HashMap<>();
        reader.read(Names.REJECTS, record -> note(record, ours, ordered, open, retries));
        retries.values().removeIf(Map::isEmpty);
        return new OpenRejects(open, retries);
    }

    private static void note(
            ConsumerRecord<byte[], byte[]> record,
            Predicate<String> ours,
            Map<String, Map<String, String>> ordered,
            Set<Long> open,
            Map<String, Map<String, String>> retries) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        int bar = key.lastIndexOf('|');
        String dataset = bar < 0 ? "" : key.substring(0, bar);
        if (!ours.test(dataset)) {
            return;
        }
        String row = key.substring(bar + 1);
        Map<String, String> wanted = retries.computeIfAbsent(dataset, none -> new HashMap<>());
        wanted.remove(row);
        if (record.value() == null) {
            open.remove(head(HexFormat.of().parseHex(row)));
            return;
        }
        open.add(head(HexFormat.of().parseHex(row)));
        String meant = ordered.getOrDefault(dataset, Map.of()).get(row);
        if (meant != null && meant.equals(Reject.parse(record.value()).pos())) {
            wanted.put(row, meant);
        }
    }

    /** What is still to be fetched again: dataset → row → position of its reject. */
    Map<String, Map<String, String>> retries() {
        return retries;
    }

    /** Whether a row that is now well or gone had an open reject; true once. */
    boolean end(byte[] row) {
        int at = rows.length == 0 ? -1 : Arrays.binarySearch(rows, head(row));
        if (at < 0 || ended.get(at)) {
            return false;
        }
        ended.set(at);
        return true;
    }

    private static long head(byte[] row) {
        return ByteBuffer.wrap(row).getLong();
    }
}
