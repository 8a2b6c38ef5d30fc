package io.tongdao.reconcile;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.runtime.Emission;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A task's way out: each emission to its topic, letters to the repartition.
 *
 * @param letters the node that letters go to
 * @param format of what rows say, in letters
 */
record Sinks(KindPlan part, ProcessorContext<byte[], Emission> context, String letters, HeldFormat format)
        implements GoldenRecords.Out, Links.Post {
    @Override
    public void golden(Record<byte[], Emission> record) {
        context.forward(record, part.named("write-golden"));
    }

    @Override
    public void discrepancy(Record<byte[], Emission> record) {
        context.forward(record, part.named("write-discrepancies"));
    }

    @Override
    public void review(Review review, Cause cause) {
        context.forward(Reviews.record(review, cause), part.named("write-reviews"));
    }

    @Override
    public void apart(RowApart apart, Cause cause) {
        Headers headers = new RecordHeaders().add(Lineage.AT, Lineage.at(cause.when()));
        byte[] key = apart.key().getBytes(StandardCharsets.UTF_8);
        Emission emission = new Emission(Names.apart(part.kind()), RowApart.FORMAT.encode(apart));
        context.forward(new Record<>(key, emission, cause.timestamp(), headers), part.named("write-reviews"));
    }

    @Override
    public void withdraw(String topic, String key, Cause cause) {
        Headers headers = new RecordHeaders().add(Lineage.AT, Lineage.at(cause.when()));
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        context.forward(
                new Record<>(bytes, new Emission(topic, null), cause.timestamp(), headers),
                part.named("write-reviews"));
    }

    @Override
    public void send(Letter letter, Cause cause) {
        Headers headers = new RecordHeaders();
        if (cause.at() != null) {
            headers.add(Lineage.AT, Lineage.at(cause.at()));
        }
        Emission emission = new Emission(letters, letter.encode(format));
        context.forward(new Record<>(letter.toBytes(), emission, cause.timestamp(), headers), letters);
    }
}
