package io.tongdao.compose;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.runtime.Emission;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes the letters that other tasks, and this one, wrote about other subjects. */
final class HeedForeign implements Processor<byte[], Emission, byte[], Emission> {
    private final Plan plan;
    private final WireFormat wire;
    private final ComposeSettings settings;
    private final String letters;
    private @Nullable ProcessorContext<byte[], Emission> context;
    private @Nullable ComposeTask task;

    /** @param letters the node that letters go to */
    HeedForeign(Plan plan, WireFormat wire, ComposeSettings settings, String letters) {
        this.plan = plan;
        this.wire = wire;
        this.settings = settings;
        this.letters = letters;
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> processing) {
        context = processing;
        task = new ComposeTask(plan, wire, settings, TaskOut.state(processing), new TaskOut(processing, letters));
    }

    @Override
    public void process(Record<byte[], Emission> input) {
        if (task == null || context == null) {
            throw new IllegalStateException("a letter before the task began");
        }
        byte[] letter = input.value().value();
        if (letter == null) {
            throw new IllegalStateException("a letter without words");
        }
        Instant at = Lineage.at(input.headers());
        var cause = new Composer.Cause(
                at == null ? null : at.toEpochMilli(), input.timestamp(), context.currentSystemTimeMs());
        task.heed(Letter.decode(letter), cause);
    }
}
