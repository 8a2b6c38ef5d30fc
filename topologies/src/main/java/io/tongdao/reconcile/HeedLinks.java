package io.tongdao.reconcile;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.runtime.Emission;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes the letters that other tasks, and this one, wrote about identifiers that are one subject. */
final class HeedLinks implements Processor<byte[], Emission, byte[], Emission> {
    private final ReconcileSubject.Start start;
    private ReconcileSubject.@Nullable Task task;

    HeedLinks(ReconcileSubject.Start start) {
        this.start = start;
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> context) {
        task = start.begin(context);
    }

    @Override
    public void process(Record<byte[], Emission> input) {
        byte[] letter = input.value().value();
        if (task == null || letter == null) {
            throw new IllegalStateException("a letter before the task began, or without words");
        }
        long now = task.context().currentSystemTimeMs();
        var cause = new Cause(input.key(), Lineage.at(input.headers()), input.timestamp(), now);
        if (task.links().heed(Letter.decode(letter, task.subjects().format()), cause)) {
            task.settle(task.all().values(), cause);
        }
        task.subjects().close();
    }
}
