package io.tongdao.release;

import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.release.mask.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One task's part of the release ledger (留痕, art. 28, 35). What is released is noted in memory; {@link #keep} at the end of each record puts
 * what waits into a cached store, which is written with the commit. So a page goes out with its releases, or waits in state that was committed
 * with them; a kill takes back both or neither.
 */
final class Ledger {
    /** So long a page waits for company. */
    private static final long PAGE_MILLIS = 1_000;

    private static final Bytes PAGE = Bytes.wrap("page".getBytes(StandardCharsets.UTF_8));
    private static final Schema SUBJECT = ReleaseLedger.SUBJECTS
            .schema()
            .getField(ReleaseLedger.SUBJECTS_OF)
            .schema()
            .getElementType();

    private final KeyValueStore<Bytes, byte[]> store;
    private final Tokens tokens;
    private final Sink sink;
    private final int task;
    private final WireFormat.Writer subjects;
    private final WireFormat.Writer windows;
    private final LedgerWindows open;
    private LedgerPage page;
    private boolean noted;
    /** Whether the store holds a page. */
    private boolean kept;

    private byte[] lastKey = {};
    private String lastToken = "";

    /** Where entries go, in the task's transaction. */
    @FunctionalInterface
    interface Sink {
        void send(Outgoing to, byte[] value);
    }

    /** @param task its partition */
    Ledger(KeyValueStore<Bytes, byte[]> store, Tokens tokens, WireFormat format, int task, Sink sink) {
        this.store = store;
        this.tokens = tokens;
        this.sink = sink;
        this.task = task;
        this.subjects = format.writer(ReleaseLedger.SUBJECTS.valueSubject(), ReleaseLedger.SUBJECTS.schema());
        this.windows = format.writer(ReleaseLedger.WINDOWS.valueSubject(), ReleaseLedger.WINDOWS.schema());
        this.open = new LedgerWindows(store);
        byte[] waiting = store.get(PAGE);
        this.kept = waiting != null;
        this.page = waiting == null ? new LedgerPage() : LedgerPage.parse(waiting);
    }

    /**
     * Notes a release.
     *
     * @param key of the row, as its source has it
     * @param now milliseconds since the epoch
     */
    void note(ReleaseRun run, byte[] key, boolean tombstone, long now) {
        if (page.isFull() || (!page.isEmpty() && !together(page.begun(), now))) {
            seal();
        }
        page.add(run.under(), token(run, key), tombstone, now);
        noted = true;
    }

    /** A page is of one minute, and soon out. */
    private static boolean together(long begun, long now) {
        return now - begun < PAGE_MILLIS
                && Math.floorDiv(begun, LedgerWindows.MINUTE) == Math.floorDiv(now, LedgerWindows.MINUTE);
    }

    /** All grants of a table are offered the same row. */
    private String token(ReleaseRun run, byte[] key) {
        if (key != lastKey) {
            lastToken = run.subject(tokens, key);
            lastKey = key;
        }
        return lastToken;
    }

    /** To be called before anything can be committed: when a record, or a piece of work by the clock, is done. */
    void keep() {
        if (!noted) {
            return;
        }
        noted = false;
        if (page.isFull()) {
            seal();
        } else {
            store.put(PAGE, page.bytes());
            kept = true;
        }
    }

    /** Sends pages that have waited and minutes that are over. */
    void tick(long now) {
        if (!page.isEmpty() && !together(page.begun(), now)) {
            seal();
        }
        if (page.isEmpty()) {
            open.close(
                    now,
                    window -> sink.send(
                            to(ReleaseLedger.WINDOWS.name(), window.under(), 0), windows.encode(window.entry())));
        }
    }

    private void seal() {
        page.forEach(this::send);
        if (kept) {
            store.delete(PAGE);
        }
        kept = false;
        noted = false;
        page = new LedgerPage();
    }

    private void send(ReleasedUnder under, Map<String, LedgerTally> released) {
        long records = 0;
        long tombstones = 0;
        List<GenericRecord> of = new ArrayList<>(released.size());
        for (Map.Entry<String, LedgerTally> one : released.entrySet()) {
            of.add(subject(one.getKey(), one.getValue()));
            records += one.getValue().records();
            tombstones += one.getValue().tombstones();
        }
        GenericRecord entry = ReleaseLedger.entry(ReleaseLedger.SUBJECTS, under);
        entry.put(ReleaseLedger.SUBJECTS_OF, of);
        Outgoing to = to(ReleaseLedger.SUBJECTS.name(), under, ReleaseLedger.partition(task));
        sink.send(to, subjects.encode(entry));
        open.add(under, page.begun(), records, tombstones);
    }

    private static GenericRecord subject(String token, LedgerTally tally) {
        GenericRecord one = new GenericData.Record(SUBJECT);
        one.put(ReleaseLedger.SUBJECT, token);
        one.put(ReleaseLedger.FIRST, tally.first());
        one.put(ReleaseLedger.LAST, tally.last());
        one.put(ReleaseLedger.RECORDS, tally.records());
        one.put(ReleaseLedger.TOMBSTONES, tally.tombstones());
        return one;
    }

    private static Outgoing to(String topic, ReleasedUnder under, int partition) {
        return new Outgoing(topic, under.grant().getBytes(StandardCharsets.UTF_8), partition);
    }
}
