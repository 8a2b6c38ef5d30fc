package io.tongdao.collect;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.tongdao.contract.topic.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Takes the engine's batches: all records to Kafka, every one checked, and only then the source's offset. The first batch that is past
 * the snapshot completes it, and a {@link Scanned} completes the table that was read beside the stream. Called by one thread of the
 * engine.
 */
final class Batches implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {
    /** What follows from what the stream says. */
    interface Milestones {
        /** All tables have been read in one view, and what follows is a change. */
        void snapshotComplete();

        /** Everything before the end of a reading beside the stream is safe. */
        void scanned(Scanned table);

        /** A table's shape was told. */
        void shape(SchemaFlag flag);
    }

    private final HandOff handOff;
    private final AvroRowConverter converter;
    private final Map<String, Tally> tallies;
    private final OpenRejects rejects;
    private final Milestones milestones;
    private boolean complete;

    /**
     * @param tallies by dataset
     * @param rejects those that were open before
     * @param complete whether the snapshot was complete before
     */
    Batches(
            HandOff handOff,
            AvroRowConverter converter,
            Map<String, Tally> tallies,
            OpenRejects rejects,
            boolean complete,
            Milestones milestones) {
        this.handOff = handOff;
        this.converter = converter;
        this.tallies = tallies;
        this.rejects = rejects;
        this.complete = complete;
        this.milestones = milestones;
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> batch, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        boolean streaming = false;
        List<Runnable> reached = new ArrayList<>();
        for (RecordChangeEvent<SourceRecord> event : batch) {
            SourceRecord record = event.record();
            Scanned scanned = Scanned.of(record);
            if (scanned != null) {
                // What is swept here must not be overtaken: the sweep ends keys that no record before it has, and no
                // later one.
                handOff.flush();
                reached.forEach(Runnable::run);
                reached.clear();
                milestones.scanned(scanned);
                continue;
            }
            boolean snapshot = SafeOffset.initial(record.sourceOffset());
            if (snapshot && complete) {
                throw new LostLogException("the position where its reading stopped is gone from the exchange");
            }
            streaming |= !snapshot;
            if (record.key() != null) {
                send(record, reached);
            }
        }
        handOff.flush();
        reached.forEach(Runnable::run);
        committer.markProcessed(batch.getLast());
        committer.markBatchFinished();
        if (streaming && !complete) {
            complete = true;
            milestones.snapshotComplete();
        }
    }

    private void send(SourceRecord record, List<Runnable> reached) {
        byte[] value = converter.fromConnectData(record.topic(), record.valueSchema(), record.value());
        SentHeaders headers = SentHeaders.of(record);
        handOff.send(record.topic(), record.kafkaPartition(), (byte[]) record.key(), value, headers.all());
        if (record.topic().equals(Names.SCHEMA_CHANGES) && value != null) {
            reached.add(() -> milestones.shape(SchemaFlag.parse(value)));
            return;
        }
        boolean reject = record.topic().equals(Names.REJECTS);
        if (!reject && rejects.end(headers.row())) {
            // Should the row be rejected again, its reject comes behind: a row leaves its keys before it is rejected.
            handOff.send(Names.REJECTS, null, Reject.key(headers.dataset(), headers.row()), null, headers.all());
        }
        Tally tally = tallies.get(headers.dataset());
        if (tally != null) {
            tally.count(headers, reject);
        }
    }
}
