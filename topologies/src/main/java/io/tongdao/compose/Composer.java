package io.tongdao.compose;

import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Ver;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Composes the rows of thematic tables in one task. A row is composed anew from state whenever something that it shows has changed, and is
 * emitted only if it then says something else; so the tables follow from the sources' rows alone, in whatever order those came. While a row
 * waits for another subject's answer the table keeps what it had: no row ever shows one subject's number with another's name.
 */
final class Composer {
    private final Rows rows;
    private final KeyValueStore<Bytes, byte[]> composed;
    private final KeyValueStore<Bytes, byte[]> subscribers;
    private final Out out;
    private final int generation;

    /** Where a task's work goes. */
    interface Out {
        /** @param value null: a tombstone */
        void row(Table table, Place place, byte @Nullable [] value, Ver ver, Op op, Cause cause);

        void send(Letter letter, Cause cause);
    }

    /**
     * What made rows be composed anew.
     *
     * @param at source time in milliseconds, none if a snapshot read it
     * @param time of the record on its topic
     * @param now wall clock
     */
    record Cause(@Nullable Long at, long time, long now) {}

    Composer(
            Rows rows,
            KeyValueStore<Bytes, byte[]> composed,
            KeyValueStore<Bytes, byte[]> subscribers,
            Out out,
            int generation) {
        this.rows = rows;
        this.composed = composed;
        this.subscribers = subscribers;
        this.out = out;
        this.generation = generation;
    }

    /** What a source's row says to those who may know; null: nothing. */
    @Nullable
    GenericRecord record(Source source, Place place, HeldRow row) {
        return rows.record(source, place, row);
    }

    /** Composes the row of a table anew, from the row of its source that stands in state. */
    void settle(Table table, Place place, Cause cause) {
        settle(table, place, rows.live(table.rows(), place), cause);
    }

    /** @param row null: there is none */
    void settle(Table table, Place place, @Nullable GenericRecord row, Cause cause) {
        Bytes key = place.in(table.id());
        byte[] bytes = composed.get(key);
        Composed held = bytes == null ? Composed.none(generation) : Composed.decode(bytes);
        settle(table, place, row, held, held, cause);
    }

    /**
     * @param held as it stands in state
     * @param before the same with what has come since
     */
    private void settle(
            Table table, Place place, @Nullable GenericRecord row, Composed held, Composed before, Cause cause) {
        if (row == null || !table.holds(row)) {
            if (!before.idle()) {
                leave(table, place, before, cause);
            }
            return;
        }
        Composed asking = ask(table, place, before, row, cause);
        Composed after = asking.answered() ? write(table, place, asking, row, cause) : asking;
        if (after != held) {
            composed.put(place.in(table.id()), after.encode());
        }
    }

    /** Takes what another subject's task says. */
    void heed(Tables tables, Letter letter, Cause cause) {
        switch (letter) {
            case Letter.Ask ask -> {
                subscribers.put(ask.subscriber(), new Letter.Subscriber(ask.number()).encode());
                Table table = tables.table(ask.table());
                if (table != null) {
                    answer(table, ask.link(), ask.of(), ask.row(), ask.number(), cause);
                }
            }
            case Letter.TakeBack back -> {
                byte[] held = subscribers.get(back.subscriber());
                if (held != null && Letter.Subscriber.decode(held).number() <= back.number()) {
                    subscribers.delete(back.subscriber());
                }
            }
            case Letter.Answer answer -> {
                Table table = tables.table(answer.table());
                if (table != null) {
                    answered(table, answer, cause);
                }
            }
        }
    }

    /** Tells a row that asked what there is to say now. A link that the table has no more is not answered. */
    void answer(Table table, String name, Subject of, Place row, long number, Cause cause) {
        for (Link link : table.links()) {
            if (link.name().equals(name)) {
                Part.Values values = link.answer(rows, of);
                out.send(new Letter.Answer(table.id(), name, row, of, number, link.definition(), values), cause);
            }
        }
    }

    private void answered(Table table, Letter.Answer answer, Cause cause) {
        Bytes key = answer.row().in(table.id());
        byte[] bytes = composed.get(key);
        Composed held = bytes == null ? Composed.none(generation) : Composed.decode(bytes);
        Composed.Question question = held.question(answer.link());
        if (question == null
                || question.number() != answer.number()
                || !question.definition().equals(answer.definition())
                || answer.values().equals(question.answer())) {
            return;
        }
        List<Composed.Question> questions = new ArrayList<>(held.questions());
        questions.set(questions.indexOf(question), question.answered(answer.values()));
        GenericRecord row = rows.live(table.rows(), answer.row());
        settle(table, answer.row(), row, held, held.asking(held.asked(), questions), cause);
    }

    /** Asks what the row wants to know of others, and takes back what it wants no more. */
    private Composed ask(Table table, Place place, Composed before, GenericRecord row, Cause cause) {
        List<Composed.Question> now = new ArrayList<>(table.links().size());
        long asked = before.asked();
        for (Link link : table.links()) {
            Subject of = link.reference().subject(row);
            Composed.Question known = before.question(link.name());
            if (of != null && known != null && known.same(link.definition(), of)) {
                now.add(known);
            } else if (of != null) {
                asked++;
                now.add(new Composed.Question(link.name(), of, asked, link.definition(), null));
            }
        }
        if (now.equals(before.questions())) {
            return before;
        }
        for (Composed.Question old : before.questions()) {
            if (!now.contains(old)) {
                takeBack(table, place, old, cause);
            }
        }
        for (Composed.Question question : now) {
            if (!before.questions().contains(question)) {
                out.send(
                        new Letter.Ask(
                                table.id(),
                                question.link(),
                                place,
                                question.of(),
                                question.number(),
                                question.definition()),
                        cause);
            }
        }
        return before.asking(asked, now);
    }

    private void takeBack(Table table, Place place, Composed.Question old, Cause cause) {
        out.send(new Letter.TakeBack(table.id(), old.link(), place, old.of(), old.number()), cause);
    }

    private Composed write(Table table, Place place, Composed before, GenericRecord row, Cause cause) {
        byte[] value = table.encode(row, rows, place.subject(), answers(table, before));
        byte[] digest = Table.digest(value);
        if (java.util.Arrays.equals(digest, before.digest())) {
            return before;
        }
        Ver ver = before.after(generation);
        out.row(table, place, value, ver, before.exists() ? Op.UPDATE : Op.CREATE, cause);
        return before.written(ver, digest);
    }

    private static List<Part.Values> answers(Table table, Composed composed) {
        List<Part.Values> answers = new ArrayList<>(table.links().size());
        for (Link link : table.links()) {
            Composed.Question question = composed.question(link.name());
            Part.Values answer = question == null ? null : question.answer();
            answers.add(answer == null ? Part.Values.none(link.targets().length) : answer);
        }
        return answers;
    }

    private void leave(Table table, Place place, Composed before, Cause cause) {
        before.questions().forEach(old -> takeBack(table, place, old, cause));
        Ver ver = before.exists() ? before.after(generation) : before.ver();
        if (before.exists()) {
            out.row(table, place, null, ver, Op.DELETE, cause);
        }
        composed.put(place.in(table.id()), before.gone(ver, cause.now()).encode());
    }
}
