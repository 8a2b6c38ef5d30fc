package io.tongdao.contract.topic;

import java.time.Duration;
import java.util.Map;

/** How a topic keeps its records; declared with the topic, applied by the provisioner and by nobody else. */
public enum Policy {
    /** src, base, theme: the latest record of each key; deletions stay readable for 30 days. */
    KEYED(Map.of(
            "cleanup.policy", "compact",
            "max.compaction.lag.ms", millis(Duration.ofHours(1)),
            "delete.retention.ms", millis(Duration.ofDays(30)))),
    /** Released topics: withdrawn values vanish within 24 hours. */
    RELEASED(Map.of(
            "cleanup.policy", "compact",
            "segment.ms", millis(Duration.ofHours(1)),
            "max.compaction.lag.ms", millis(Duration.ofHours(24)),
            "delete.retention.ms", millis(Duration.ofDays(1)))),
    /** flag.* and ctl.*: the latest record of each key, kept for good. */
    CONTROL(Map.of("cleanup.policy", "compact", "delete.retention.ms", millis(Duration.ofDays(30)))),
    /** audit.*: only grows, and is kept until an archive has it; at least 3 years (art. 35). */
    AUDIT(Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1")),
    /** Schema history and other logs that are replayed whole. */
    HISTORY(Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));

    /** One bound for producers, brokers and consumers; a larger row is quarantined. */
    public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private final Map<String, String> settings;

    Policy(Map<String, String> settings) {
        this.settings = settings;
    }

    public Map<String, String> settings() {
        var all = new java.util.TreeMap<>(settings);
        all.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        return all;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
