package io.tongdao.collect;

import io.tongdao.contract.topic.Names;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code flag.schema} says of a connection's tables in their present epochs, and what people are told of it. */
final class Shapes {
    private static final Logger LOG = LoggerFactory.getLogger(Shapes.class);
    private final WholeTopic reader;
    private final Map<String, SchemaFlag> flags = new ConcurrentHashMap<>();

    Shapes(WholeTopic reader) {
        this.reader = reader;
    }

    /** @param epochs by dataset: what was told in an earlier epoch no longer counts */
    Map<String, SchemaFlag> read(Map<String, Integer> epochs) {
        flags.clear();
        reader.read(Names.SCHEMA_CHANGES, record -> {
            if (record.value() != null) {
                SchemaFlag flag = SchemaFlag.parse(record.value());
                flags.put(flag.dataset(), flag);
            }
        });
        flags.values().removeIf(flag -> !Integer.valueOf(flag.epoch()).equals(epochs.get(flag.dataset())));
        return Map.copyOf(flags);
    }

    void told(SchemaFlag flag) {
        SchemaFlag before = flags.put(flag.dataset(), flag);
        for (SchemaFlag.Change change : flag.changes()) {
            if (before == null || !before.changes().contains(change)) {
                LOG.warn("collect {}: {}", flag.dataset(), change.line());
            }
        }
    }

    /** Whether a dataset's rows wait in quarantine. */
    boolean held(String dataset) {
        SchemaFlag flag = flags.get(dataset);
        return flag != null && flag.holding() != null;
    }

    /** Why a dataset's rows wait in quarantine, and what to do; null: they don't. */
    @Nullable
    String problem(String dataset) {
        SchemaFlag flag = flags.get(dataset);
        SchemaFlag.Change holding = flag == null ? null : flag.holding();
        return holding == null
                ? null
                : holding.line() + "; let the catalogue follow, or: tongdao collect resnapshot " + dataset;
    }
}
