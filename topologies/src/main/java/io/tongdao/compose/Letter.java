package io.tongdao.compose;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What tasks tell each other about other subjects, through the one repartition of the stage: a row asks the task of the subject that it names,
 * is answered from then on with every change, and takes its question back when it names another. It goes to the partition of the subject that
 * {@link #to} names.
 */
sealed interface Letter {
    /** {@code database.table}. */
    String table();

    String link();

    /** The row that asks, or asked. */
    Place row();

    /** The subject that is asked about. */
    Subject of();

    /** The row's count of questions: what belongs to an older one is dropped. */
    long number();

    /** Whose partition it goes to. */
    Subject to();

    record Ask(String table, String link, Place row, Subject of, long number, String definition) implements Letter {
        @Override
        public Subject to() {
            return of;
        }
    }

    record TakeBack(String table, String link, Place row, Subject of, long number) implements Letter {
        @Override
        public Subject to() {
            return of;
        }
    }

    record Answer(String table, String link, Place row, Subject of, long number, String definition, Part.Values values)
            implements Letter {
        @Override
        public Subject to() {
            return row.subject();
        }

        @Override
        public String toString() {
            return "Answer[***]";
        }
    }

    /** Who asked about a subject, as state keeps it: the number of the question. */
    record Subscriber(long number) {
        byte[] encode() {
            return new StateOut(FORMAT).number(number).end();
        }

        static Subscriber decode(byte[] bytes) {
            return new Subscriber(new StateIn(bytes, FORMAT).number());
        }
    }

    byte FORMAT = 1;

    /** The kind of the subject that an encoded letter goes to. */
    static SubjectKind kind(byte @Nullable [] letter) {
        if (letter == null) {
            throw new IllegalStateException("a letter without words");
        }
        return Subject.kind((char) letter[2]);
    }

    default Bytes subscriber() {
        return row().subscriber(table(), link(), of());
    }

    default byte[] encode() {
        byte type = switch (this) {
            case Ask ask -> 'a';
            case TakeBack back -> 't';
            case Answer answer -> 'w';
        };
        StateOut out = new StateOut(FORMAT).octet(type).octet(to().text().charAt(0));
        out.text(table()).text(link()).text(row().subject().text()).text(row().row());
        out.text(of().text()).number(number());
        switch (this) {
            case Ask ask -> out.text(ask.definition);
            case TakeBack back -> {}
            case Answer answer -> answer.values.write(out.text(answer.definition));
        }
        return out.end();
    }

    static Letter decode(byte[] bytes) {
        StateIn in = new StateIn(bytes, FORMAT);
        int type = in.octet();
        in.octet();
        String table = in.text();
        String link = in.text();
        Place row = new Place(Subject.parse(in.text()), in.text());
        Subject of = Subject.parse(in.text());
        long number = in.number();
        return switch (type) {
            case 'a' -> new Ask(table, link, row, of, number, in.text());
            case 't' -> new TakeBack(table, link, row, of, number);
            case 'w' -> new Answer(table, link, row, of, number, in.text(), Part.Values.read(in));
            default -> throw new IllegalStateException("a letter of unknown type " + type);
        };
    }
}
