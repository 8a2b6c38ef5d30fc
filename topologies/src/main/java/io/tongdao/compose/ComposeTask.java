package io.tongdao.compose;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One task of the stage: what comes of sources and of other tasks, over the same stores. The two processors of a task have one each; what
 * one does the other sees in the stores.
 */
final class ComposeTask {
    private final Tables tables;
    private final Rows rows;
    private final Composer composer;
    private final Walks walks;
    private final Subjects subjects;

    /** The stores of a task, by the names of {@link ComposeTopology}. */
    record State(
            KeyValueStore<Bytes, byte[]> rows,
            KeyValueStore<Bytes, byte[]> figures,
            KeyValueStore<Bytes, byte[]> composed,
            KeyValueStore<Bytes, byte[]> subscribers,
            KeyValueStore<Bytes, byte[]> walks) {}

    ComposeTask(Plan plan, WireFormat wire, ComposeSettings settings, State state, Composer.Out out) {
        this.tables = new Tables(plan, wire);
        this.rows = new Rows(state.rows, state.figures);
        this.composer = new Composer(rows, state.composed, state.subscribers, out, settings.generation());
        var walked = new Walks.Stores(state.rows, state.composed, state.subscribers, state.walks);
        this.walks = new Walks(tables, walked, composer, settings.slice());
        this.subjects = new Subjects(tables, rows, composer, walks);
    }

    /** Once, by the processor that walks. */
    void begin(long now) {
        rows.step();
        walks.begin(new Composer.Cause(null, now, now));
    }

    void take(Subjects.Came came, long now) {
        rows.step();
        subjects.take(came, now);
    }

    void heed(Letter letter, Composer.Cause cause) {
        rows.step();
        composer.heed(tables, letter, cause);
    }

    void goOn(long now) {
        rows.step();
        walks.goOn(now);
    }

    /** Whether no long work waits. */
    boolean idle() {
        return walks.idle();
    }
}
