package io.tongdao.collect;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Takes the engine's batches: all records to Kafka, every one checked, and only then the source's offset. The first batch that is past
 * the snapshot completes it. Called by one thread of the engine.
 */
final class Batches implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {
    private final HandOff handOff;
    private final AvroRowConverter converter;
    private final Map<String, Tally> tallies;
    private final Runnable snapshotComplete;
    private boolean complete;

    /**
     * @param tallies by dataset
     * @param complete whether the snapshot was complete before
     */
    Batches(
            HandOff handOff,
            AvroRowConverter converter,
            Map<String, Tally> tallies,
            boolean complete,
            Runnable snapshotComplete) {
        this.handOff = handOff;
        this.converter = converter;
        this.tallies = tallies;
        this.complete = complete;
        this.snapshotComplete = snapshotComplete;
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> batch, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        boolean streaming = false;
        for (RecordChangeEvent<SourceRecord> event : batch) {
            SourceRecord record = event.record();
            boolean snapshot = record.sourceOffset().containsKey("snapshot");
            if (snapshot && complete) {
                throw new ResnapshotException("the source offset of a complete snapshot is gone");
            }
            streaming |= !snapshot;
            if (record.key() != null) {
                send(record);
            }
        }
        handOff.flush();
        committer.markProcessed(batch.getLast());
        committer.markBatchFinished();
        if (streaming && !complete) {
            complete = true;
            snapshotComplete.run();
        }
    }

    private void send(SourceRecord record) {
        byte[] value = converter.fromConnectData(record.topic(), record.valueSchema(), record.value());
        List<Header> headers = new ArrayList<>(5);
        record.headers().forEach(h -> headers.add(new RecordHeader(h.key(), (byte[]) h.value())));
        handOff.send(record.topic(), record.kafkaPartition(), (byte[]) record.key(), value, headers);
        byte[] dataset = (byte[]) record.headers().lastWithName(Lineage.DATASET).value();
        Tally tally = tallies.get(new String(dataset, StandardCharsets.UTF_8));
        if (tally != null) {
            tally.count(record, record.topic().equals(Names.REJECTS));
        }
    }
}
