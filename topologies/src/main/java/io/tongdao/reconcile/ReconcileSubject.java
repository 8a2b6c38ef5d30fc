package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.runtime.Emission;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the claims about the subjects of one kind, and has a subject's golden records found anew when one of its claims changed. A
 * record that is not newer than what is held, or a tombstone from a row that does not own its key, changes nothing. Markers pass by.
 */
final class ReconcileSubject implements Processor<byte[], byte[], byte[], Emission> {
    private final Start start;
    private @Nullable Task task;

    /** Makes a task's parts from its context: stores, readers and writers belong to one task. */
    interface Start {
        Task begin(ProcessorContext<byte[], Emission> context);
    }

    /**
     * The parts of a task.
     *
     * @param readers source topic → how its records are read; other topics are about subjects of other kinds
     * @param bases source topic → the base databases that its dataset speaks to
     */
    record Task(
            ProcessorContext<byte[], Emission> context,
            ClaimStore claims,
            Map<String, ClaimReader> readers,
            Map<String, List<GoldenRecords>> bases,
            GoldenRecords.Out out) {}

    ReconcileSubject(Start start) {
        this.start = start;
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> context) {
        task = start.begin(context);
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        if (task == null) {
            throw new IllegalStateException("a record before the task began");
        }
        if (!SubjectKey.isMarker(input.key())) {
            reconcile(task, input);
        }
    }

    private static void reconcile(Task task, Record<byte[], byte[]> input) {
        String topic = task.context.recordMetadata().orElseThrow().topic();
        ClaimReader reader = task.readers.get(topic);
        if (reader == null || !reader.about(input.key())) {
            return;
        }
        long now = task.context.currentSystemTimeMs();
        if (task.claims.take(reader, input, now)) {
            byte[] subject = ClaimKey.subject(input.key());
            var cause = new GoldenRecords.Cause(subject, Lineage.at(input.headers()), input.timestamp(), now);
            Map<String, List<Claim>> claims = task.claims.about(subject);
            task.bases.getOrDefault(topic, List.of()).forEach(base -> base.settle(claims, cause, task.out));
        }
    }
}
