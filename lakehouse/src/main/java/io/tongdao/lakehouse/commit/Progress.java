package io.tongdao.lakehouse.commit;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * How far a table has read its topic: kept in the summary of every snapshot, so that rows and offsets are committed together.
 *
 * <p>Summary keys: {@code tongdao.topic}, {@code tongdao.topic-id} (Kafka's, a re-made topic has another), {@code tongdao.epoch},
 * and by Kafka partition, as {@code 0=…,1=…}: {@code tongdao.offsets} (next to read), {@code tongdao.owners}
 * ({@code generation:writer}), {@code tongdao.through} (time of the last record, epoch ms), {@code tongdao.complete} (backfill
 * markers seen, joined by {@code +}). {@code tongdao.valid-through} is the least of the times; {@code tongdao.commit} names the
 * commit.
 *
 * @param shares by Kafka partition; one that was never read has none
 */
public record Progress(String topic, String topicId, int epoch, SortedMap<Integer, Share> shares) {
    static final String TOPIC = "tongdao.topic";
    static final String TOPIC_ID = "tongdao.topic-id";
    static final String EPOCH = "tongdao.epoch";
    static final String OFFSETS = "tongdao.offsets";
    static final String OWNERS = "tongdao.owners";
    static final String THROUGH = "tongdao.through";
    static final String COMPLETE = "tongdao.complete";
    static final String VALID_THROUGH = "tongdao.valid-through";
    static final String COMMIT = "tongdao.commit";

    /**
     * One Kafka partition's part.
     *
     * @param offset the next to read
     * @param generation raised by one whenever a writer takes the partition over
     * @param writer who wrote last
     * @param through time of the last record, epoch milliseconds; 0 before the first
     * @param complete the backfill markers seen, {@code <kind>:<p>}
     */
    public record Share(long offset, long generation, String writer, long through, SortedSet<String> complete) {
        /** Before anything was read. */
        public static final Share NONE = new Share(0, 0, "", 0, Collections.emptySortedSet());

        /** Whether nobody has written since {@code that} was read. */
        boolean sameAs(Share that) {
            return offset == that.offset && generation == that.generation && writer.equals(that.writer);
        }
    }

    /** The topic that a snapshot holds, or null if a foreign commit made it. */
    public static @Nullable String topic(Snapshot snapshot) {
        return snapshot.summary().get(TOPIC);
    }

    /** The progress in a snapshot, or null if a foreign commit made it. */
    static @Nullable Progress of(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        String topic = topic(snapshot);
        String topicId = summary.get(TOPIC_ID);
        String epoch = summary.get(EPOCH);
        if (topic == null || topicId == null || epoch == null) {
            return null;
        }
        Map<Integer, String> offsets = split(summary.getOrDefault(OFFSETS, ""));
        Map<Integer, String> owners = split(summary.getOrDefault(OWNERS, ""));
        Map<Integer, String> through = split(summary.getOrDefault(THROUGH, ""));
        Map<Integer, String> complete = split(summary.getOrDefault(COMPLETE, ""));
        var shares = new TreeMap<Integer, Share>();
        offsets.forEach((partition, offset) -> {
            String[] owner = owners.getOrDefault(partition, "0:").split(":", 2);
            shares.put(
                    partition,
                    new Share(
                            Long.parseLong(offset),
                            Long.parseLong(owner[0]),
                            owner[1],
                            Long.parseLong(through.getOrDefault(partition, "0")),
                            markers(complete.getOrDefault(partition, ""))));
        });
        return new Progress(topic, topicId, Integer.parseInt(epoch), shares);
    }

    public Share share(int partition) {
        return shares.getOrDefault(partition, Share.NONE);
    }

    /** This progress with some partitions' parts replaced. */
    Progress with(Map<Integer, Share> changed) {
        var all = new TreeMap<>(shares);
        all.putAll(changed);
        return new Progress(topic, topicId, epoch, all);
    }

    /** Event time up to which the table is complete, epoch milliseconds; 0 if nothing was read. */
    public long validThrough() {
        return shares.values().stream()
                .mapToLong(Share::through)
                .filter(time -> time > 0)
                .min()
                .orElse(0);
    }

    void into(BiConsumer<String, String> summary) {
        summary.accept(TOPIC, topic);
        summary.accept(TOPIC_ID, topicId);
        summary.accept(EPOCH, Integer.toString(epoch));
        summary.accept(OFFSETS, join(share -> Long.toString(share.offset())));
        summary.accept(OWNERS, join(share -> share.generation() + ":" + share.writer()));
        summary.accept(THROUGH, join(share -> Long.toString(share.through())));
        summary.accept(COMPLETE, join(share -> String.join("+", share.complete())));
        summary.accept(VALID_THROUGH, Long.toString(validThrough()));
    }

    private String join(Function<Share, String> part) {
        return shares.entrySet().stream()
                .map(each -> each.getKey() + "=" + part.apply(each.getValue()))
                .collect(Collectors.joining(","));
    }

    private static Map<Integer, String> split(String joined) {
        var parts = new TreeMap<Integer, String>();
        for (String part : joined.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(Integer.valueOf(part.substring(0, equals)), part.substring(equals + 1));
            }
        }
        return parts;
    }

    private static SortedSet<String> markers(String joined) {
        return joined.isEmpty() ? Collections.emptySortedSet() : new TreeSet<>(Arrays.asList(joined.split("\\+")));
    }
}
