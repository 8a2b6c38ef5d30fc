package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.topic.Names;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Completes a dataset's epoch: its table is held whole, so what older epochs held and this one did not bring again is gone from the
 * source and is ended; then the end marker goes into each partition. Done again after a kill in between, with the same result. Runs
 * between two batches of the engine, so that no change overtakes it.
 */
final class Completion {
    private final HandOff handOff;
    private final WholeTopic reader;

    Completion(HandOff handOff, WholeTopic reader) {
        this.handOff = handOff;
        this.reader = reader;
    }

    /** @return how many keys were ended */
    int complete(DatasetPlan dataset, int epoch) {
        Sweep sweep = new Sweep(dataset.id(), epoch, handOff, reader);
        int ended = 0;
        if (epoch > 1) {
            byte[] prefix = (dataset.id() + '|').getBytes(StandardCharsets.UTF_8);
            ended = sweep.topic(dataset.topic().name(), key -> true)
                    + sweep.topic(Names.REJECTS, key -> Arrays.mismatch(key, prefix) >= prefix.length);
        }
        sweep.mark(dataset.topic().name());
        return ended;
    }
}
