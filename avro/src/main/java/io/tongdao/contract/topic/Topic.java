package io.tongdao.contract.topic;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A topic, declared once by its owner and read and written through this declaration.
 *
 * @param partitions fixed for good: all topics of one subject kind have the same number
 * @param value the Avro schema registered under {@code <name>-value}, or null where the value is not Avro (ctl, flag: JSON behind
 *     a format byte)
 */
public record Topic(
        String name,
        int partitions,
        Policy policy,
        @Nullable Schema value) {
    /** What the name of a sealed topic's rows ends with: a name in the registry, of no topic. */
    public static final String INSIDE = ".inside";

    /** The registry's subject of this topic's value schema. */
    public String valueSubject() {
        return name + "-value";
    }

    /** The value schema of a topic that has one. */
    public Schema schema() {
        if (value == null) {
            throw new IllegalStateException("topic " + name + " has no Avro schema");
        }
        return value;
    }
}
