package io.tongdao.collect;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.tongdao.contract.topic.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

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
    private final Sealing sealing;
    private final Map<String, Tally> tallies;
    private final OpenRejects rejects;
    private final Milestones milestones;
    private final int full;
    private boolean complete;
    private @Nullable Sent sent;

    /**
     * @param full how many records a batch has behind which more waits
     * @param sealing of datasets that are collected under an incident
     * @param tallies by dataset
     * @param rejects those that were open before
     * @param complete whether the snapshot was complete before
     */
    Batches(
            HandOff handOff,
            int full,
            AvroRowConverter converter,
            Sealing sealing,
            Map<String, Tally> tallies,
            OpenRejects rejects,
            boolean complete,
            Milestones milestones) {
        this.handOff = handOff;
        this.full = full;
        this.converter = converter;
        this.sealing = sealing;
        this.tallies = tallies;
        this.rejects = rejects;
        this.complete = complete;
        this.milestones = milestones;
    }

    /** A batch that has been sent and not yet been acknowledged. */
    private record Sent(HandOff.Round round, RecordChangeEvent<SourceRecord> last) {}

    /**
     * Of a full batch, behind which more waits, the next one is sent before its acknowledgements are awaited; so the source is read, keyed
     * and written at once. Any other batch is safe and noted when this returns.
     */
    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> batch, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        boolean streaming = false;
        List<Runnable> reached = new ArrayList<>();
        HandOff.Round round = handOff.round();
        for (RecordChangeEvent<SourceRecord> event : batch) {
            SourceRecord record = event.record();
            Scanned scanned = Scanned.of(record);
            if (scanned != null) {
                // What is swept here must not be overtaken: the sweep ends keys that no record before it has, and no
                // later one.
                round.hurry();
                settle(committer);
                round.await();
                round = handOff.round();
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
                send(record, round, reached);
            }
        }
        settle(committer);
        sent = new Sent(round, batch.getLast());
        boolean completes = streaming && !complete;
        if (completes || batch.size() < full || !reached.isEmpty()) {
            round.hurry();
            settle(committer);
            reached.forEach(Runnable::run);
        }
        if (completes) {
            complete = true;
            milestones.snapshotComplete();
        }
    }

    /** Waits for what was sent, and notes how far the source has been read by it. */
    private void settle(RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        if (sent != null) {
            sent.round().await();
            committer.markProcessed(sent.last());
            committer.markBatchFinished();
            sent = null;
        }
    }

    private void send(SourceRecord record, HandOff.Round round, List<Runnable> reached) {
        String inside = sealing.inside(record.topic());
        byte[] value = converter.fromConnectData(inside, record.valueSchema(), record.value());
        SentHeaders headers = SentHeaders.of(record);
        Sealing.Sent out = sealing.sent(record.topic(), record.kafkaPartition(), (byte[]) record.key(), value);
        round.send(record.topic(), out.partition(), out.key(), out.value(), headers.all());
        if (record.topic().equals(Names.SCHEMA_CHANGES) && value != null) {
            reached.add(() -> milestones.shape(SchemaFlag.parse(value)));
            return;
        }
        boolean reject = record.topic().equals(Names.REJECTS);
        if (!reject && rejects.end(headers.row())) {
            // Should the row be rejected again, its reject comes behind: a row leaves its keys before it is rejected.
            round.send(Names.REJECTS, null, Reject.key(headers.dataset(), headers.row()), null, headers.all());
        }
        Tally tally = tallies.get(headers.dataset());
        if (tally != null) {
            tally.count(headers, reject);
        }
    }
}
