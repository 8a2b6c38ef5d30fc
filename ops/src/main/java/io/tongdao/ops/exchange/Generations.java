package io.tongdao.ops.exchange;

import io.tongdao.runtime.Generation;
import io.tongdao.runtime.StageRebuild;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** With which generation each stage is to be started, the next time that it is. */
final class Generations {
    private final Map<String, Generation> stages = new ConcurrentHashMap<>();

    Generation of(String stage) {
        return stages.getOrDefault(stage, Generation.FIRST);
    }

    void take(StageRebuild rebuild) {
        stages.put(rebuild.stage(), rebuild.started());
    }
}
