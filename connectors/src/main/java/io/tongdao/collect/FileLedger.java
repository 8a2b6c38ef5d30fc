package io.tongdao.collect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that were taken, as {@link CollectTopics#LOADS} has them. For one thread. */
final class FileLedger {
    private final Map<String, Map<Long, FileLoad>> loads = new HashMap<>();

    /** Reads what is committed. */
    static FileLedger read(Map<String, Object> kafka) {
        FileLedger ledger = new FileLedger();
        try (WholeTopic committed = WholeTopic.committed(kafka)) {
            committed.read(CollectTopics.LOADS.name(), record -> {
                if (record.value() != null) {
                    ledger.add(FileLoad.parse(record.value()));
                }
            });
        }
        return ledger;
    }

    void add(FileLoad load) {
        loads.computeIfAbsent(load.dataset(), none -> new HashMap<>()).put(load.sequence(), load);
    }

    /** The load taken last. */
    @Nullable
    FileLoad newest(String dataset) {
        return loads.getOrDefault(dataset, Map.of()).values().stream()
                .max((a, b) -> Long.compare(a.load(), b.load()))
                .orElse(null);
    }

    @Nullable
    FileLoad of(String dataset, long sequence) {
        return loads.getOrDefault(dataset, Map.of()).get(sequence);
    }
}
