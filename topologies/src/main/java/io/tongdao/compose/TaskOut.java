package io.tongdao.compose;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Ver;
import io.tongdao.runtime.Emission;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A task's way out: rows to their tables' topics, letters to the repartition.
 *
 * @param letters the node that letters go to
 */
record TaskOut(ProcessorContext<byte[], Emission> context, String letters) implements Composer.Out {

    @Override
    public void row(Table table, Place place, byte @Nullable [] value, Ver ver, Op op, Composer.Cause cause) {
        RecordHeaders headers = at(cause);
        headers.add(Lineage.VER, ver.bytes()).add(Lineage.OP, op.bytes());
        Emission emission = new Emission(table.topic(), value);
        context.forward(
                new Record<>(place.subject().key(place.row()), emission, cause.time(), headers), ComposeTopology.WRITE);
    }

    @Override
    public void send(Letter letter, Composer.Cause cause) {
        byte[] key = letter.to().id().getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, new Emission(letters, letter.encode()), cause.time(), at(cause)), letters);
    }

    private static RecordHeaders at(Composer.Cause cause) {
        RecordHeaders headers = new RecordHeaders();
        Long at = cause.at();
        if (at != null) {
            headers.add(Lineage.AT, ByteBuffer.allocate(Long.BYTES).putLong(at).array());
        }
        return headers;
    }

    /** The stores of a processor's task. */
    static ComposeTask.State state(ProcessorContext<?, ?> context) {
        return new ComposeTask.State(
                context.getStateStore(ComposeTopology.ROWS),
                context.getStateStore(ComposeTopology.FIGURES),
                context.getStateStore(ComposeTopology.COMPOSED),
                context.getStateStore(ComposeTopology.SUBSCRIBERS),
                context.getStateStore(ComposeTopology.WALKS),
                context.getStateStore(ComposeTopology.PROTECTIONS),
                context.getStateStore(ComposeTopology.APART));
    }
}
