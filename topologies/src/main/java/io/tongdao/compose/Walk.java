package io.tongdao.compose;

import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import org.jspecify.annotations.Nullable;

/**
 * A long work in state that is done in slices, so that no transaction waits for it: where it stands is in state itself and goes on after a
 * restart. Begun again, it starts from the first.
 *
 * @param table whose rows or subscribers are walked
 * @param link of the subscribers; empty: none in particular
 * @param subject whose rows or subscribers; null: all of the table's
 * @param phase of a table's walk
 * @param cursor the last key that was done; empty: none yet
 * @param at source time in milliseconds of what caused it
 * @param time of the causing record
 */
@SuppressWarnings("ArrayRecordComponent") // a cursor, never compared
record Walk(
        Kind kind,
        String table,
        String link,
        @Nullable Subject subject,
        int phase,
        byte[] cursor,
        @Nullable Long at,
        long time) {
    private static final byte FORMAT = 1;

    enum Kind {
        /** A table that is new, or another than before: all rows that it may have, those that it has, those who asked for it. */
        TABLE('t'),
        /** A subject's rows in a table, since what stands beside them has changed. */
        ROWS('r'),
        /** Who asked about a subject by one link of a table. */
        SUBSCRIBERS('s'),
        /** All rows of a source, whose name stands in the table's place: something else is protected than before. */
        SHIELD('h');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        private static Kind of(int letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalStateException("state has a walk of unknown kind " + letter);
        }
    }

    static Walk of(Kind kind, String table, String link, @Nullable Subject subject, Composer.Cause cause) {
        return new Walk(kind, table, link, subject, 0, new byte[0], cause.at(), cause.time());
    }

    /** One of a name is under way at a time. */
    String name() {
        return kind.name() + '\0' + table + '\0' + link + '\0' + (subject == null ? "" : subject.text());
    }

    Walk upTo(byte[] key) {
        return new Walk(kind, table, link, subject, phase, key, at, time);
    }

    Walk nextPhase() {
        return new Walk(kind, table, link, subject, phase + 1, new byte[0], at, time);
    }

    Composer.Cause cause(long now) {
        return new Composer.Cause(at, time, now);
    }

    byte[] encode() {
        return new StateOut(FORMAT)
                .octet(kind.letter)
                .text(table)
                .text(link)
                .text(subject == null ? "" : subject.text())
                .octet(phase)
                .octets(cursor)
                .time(at)
                .number(time)
                .end();
    }

    static Walk decode(byte[] bytes) {
        StateIn in = new StateIn(bytes, FORMAT);
        Kind kind = Kind.of(in.octet());
        String table = in.text();
        String link = in.text();
        String subject = in.text();
        return new Walk(
                kind,
                table,
                link,
                subject.isEmpty() ? null : Subject.parse(subject),
                in.octet(),
                in.octets(),
                in.time(),
                in.number());
    }

    @Override
    public String toString() {
        return "Walk[" + kind + " " + table + "]";
    }
}
