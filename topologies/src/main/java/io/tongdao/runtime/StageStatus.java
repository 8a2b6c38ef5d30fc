package io.tongdao.runtime;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How a stage is doing.
 *
 * @param restored all its stores are complete: answers from them are answers
 * @param readBack records of changelogs that were read to complete stores, since this process started; next to none where the stores or
 *     standbys of them were here
 * @param lag records of each input partition that are readable and not yet committed by the stage
 * @param postponed subjects whose rows are read and that are worked off once no more come, in this process
 */
public record StageStatus(
        String stage, State state, boolean restored, long readBack, Map<TopicPartition, Long> lag, long postponed) {
    public enum State {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED,
        FAILED
    }

    /** Whether nothing is left to do. */
    public boolean idle() {
        return restored && postponed == 0 && totalLag() == 0;
    }

    /** Records not yet worked off, all partitions together. */
    public long totalLag() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same by topic. */
    public Map<String, Long> lagByTopic() {
        Map<String, Long> sums = new TreeMap<>();
        lag.forEach((partition, records) -> sums.merge(partition.topic(), records, Long::sum));
        return sums;
    }
}
