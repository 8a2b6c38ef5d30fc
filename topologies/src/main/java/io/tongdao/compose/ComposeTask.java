package io.tongdao.compose;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.runtime.Hold;
import io.tongdao.runtime.Postponed;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Shields;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One task of the stage: what comes of sources and of other tasks, over the same stores. The two processors of a task have one each; what
 * one does the other sees in the stores.
 */
final class ComposeTask {
    private final Tables tables;
    private final Composer composer;
    private final Walks walks;
    private final Subjects subjects;
    private final Shields shields;
    private final Aside aside;
    private final Rows rows;
    private final KeyValueStore<Bytes, byte[]> composed;
    private final Hold hold;

    /** The stores of a task, by the names of {@link ComposeTopology}. */
    record State(
            KeyValueStore<Bytes, byte[]> rows,
            KeyValueStore<Bytes, byte[]> figures,
            KeyValueStore<Bytes, byte[]> composed,
            KeyValueStore<Bytes, byte[]> subscribers,
            KeyValueStore<Bytes, byte[]> walks,
            KeyValueStore<Bytes, byte[]> protections,
            KeyValueStore<Bytes, byte[]> apart) {}

    ComposeTask(Plan plan, WireFormat wire, ComposeSettings settings, State state, Composer.Out out) {
        this.tables = new Tables(plan, wire);
        this.shields = new Shields(state.protections);
        this.aside = new Aside(state.apart);
        this.composed = state.composed;
        this.hold = new Hold(state.walks, settings.generation());
        this.rows = new Rows(state.rows, state.figures, shields, aside);
        this.composer = new Composer(
                rows,
                state.composed,
                state.subscribers,
                out,
                settings.generation().number());
        var walked = new Walks.Stores(state.rows, state.composed, state.subscribers, state.walks);
        this.walks = new Walks(tables, walked, composer, settings.slice(), this::look, hold::on);
        this.subjects = new Subjects(tables, rows, composer, walks, hold::on);
    }

    /** Once, by the processor that walks. */
    void begin(long now) {
        walks.begin(new Composer.Cause(null, now, now));
    }

    void take(Subjects.Came came, Subjects.Later later, long now) {
        rows.begin();
        subjects.take(came, later, now);
    }

    /** Composes, once for all rows that came meanwhile, everything that shows them. */
    void late(Postponed.Subject subject, long now) {
        rows.begin();
        subjects.late(
                Subject.parse(new String(subject.key().get(), StandardCharsets.UTF_8)),
                subject.sources(),
                new Composer.Cause(null, subject.time(), now));
    }

    /** What somebody decided about a protection. */
    void protect(byte @Nullable [] value, long now) {
        Protection decided = shields.take(value);
        if (decided != null) {
            rows.begin();
            subjects.protect(decided, now);
        }
    }

    /** What reconciliation says of a row: it is about its subject, or about somebody else. */
    void apart(SubjectKind kind, byte[] key, byte @Nullable [] value, long now) {
        RowApart said = RowApart.ofKey(new String(key, StandardCharsets.UTF_8));
        Place place = new Place(new Subject(kind, said.subject()), said.row());
        aside.take(said, value != null, place);
        Source source = tables.source(said.dataset());
        if (source != null) {
            rows.begin();
            subjects.look(source, place, new Composer.Cause(null, now, now));
        }
    }

    private void look(Source source, Place place, HeldRow row, Composer.Cause cause) {
        subjects.look(source, place, row, cause);
    }

    void heed(Letter letter, Composer.Cause cause) {
        rows.begin();
        composer.heed(tables, letter, cause);
    }

    /** @return whether a task that is rebuilt has just gone through all its rows */
    boolean goOn(long now) {
        rows.begin();
        if (hold.released() && !walks.looking()) {
            hold.go();
        }
        walks.goOn(now);
        if (hold.walking() && walks.idle()) {
            hold.done();
            return true;
        }
        return false;
    }

    /** Takes what the stage has to remember when it is rebuilt, and that all tasks have read everything. */
    void seed(Seed seed) {
        if (seed.stage().equals(ComposeStage.NAME) && hold.takes(seed)) {
            switch (seed) {
                case Seed.Known told -> remember(told);
                case Seed.Go go -> hold.release();
            }
        }
    }

    private void remember(Seed.Known told) {
        Table table = tables.written(told.topic());
        if (table != null && told.ver() != null) {
            Place place = table.rows().place(told.key().getBytes(StandardCharsets.UTF_8));
            Composed known = Composed.none(told.ver().generation()).written(told.ver(), told.content());
            composed.put(place.in(table.id()), known.encode());
        }
    }

    /** Whether no long work waits. */
    boolean idle() {
        return walks.idle() && !hold.released();
    }
}
