package io.tongdao.compose;

import io.tongdao.contract.topic.Ver;
import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a row of a thematic table: its version, by what a change of it is recognised, and what it asked other subjects' tasks.
 *
 * @param digest of the row as it was last emitted; empty: it is not in the table
 * @param goneAt when it went, wall clock in milliseconds; its version is remembered for a while
 * @param asked counts the questions of this row: an answer to an older one is stale
 */
@SuppressWarnings("ArrayRecordComponent") // a digest, compared by its method
record Composed(Ver ver, byte[] digest, long goneAt, long asked, List<Question> questions) {
    private static final byte FORMAT = 1;
    private static final byte[] NOTHING = {};

    /**
     * A link of the row, asked of the task of the subject that it leads to.
     *
     * @param number of {@link #asked} when it was asked
     * @param answer null: it has not come yet
     */
    record Question(String link, Subject of, long number, String definition, Part.@Nullable Values answer) {
        Question answered(Part.Values values) {
            return new Question(link, of, number, definition, values);
        }

        boolean same(String otherDefinition, Subject other) {
            return definition.equals(otherDefinition) && of.equals(other);
        }
    }

    static Composed none(int generation) {
        return new Composed(new Ver(generation, 0), NOTHING, 0, 0, List.of());
    }

    /** Whether the table has the row. */
    boolean exists() {
        return digest.length > 0;
    }

    boolean idle() {
        return !exists() && questions.isEmpty();
    }

    boolean answered() {
        return questions.stream().noneMatch(question -> question.answer() == null);
    }

    @Nullable
    Question question(String link) {
        for (Question question : questions) {
            if (question.link().equals(link)) {
                return question;
            }
        }
        return null;
    }

    Composed asking(long newest, List<Question> now) {
        return new Composed(ver, digest, goneAt, newest, List.copyOf(now));
    }

    Composed written(Ver next, byte[] written) {
        return new Composed(next, written, 0, asked, questions);
    }

    Composed gone(Ver next, long now) {
        return new Composed(next, NOTHING, now, asked, List.of());
    }

    /** The version after this one. */
    Ver after(int generation) {
        return ver.generation() == generation ? new Ver(generation, ver.counter() + 1) : new Ver(generation, 1);
    }

    byte[] encode() {
        StateOut out = new StateOut(FORMAT).flag(idle()).number(goneAt).octets(digest);
        out.number(ver.generation()).number(ver.counter()).number(asked).count(questions.size());
        for (Question question : questions) {
            out.text(question.link)
                    .text(question.of.text())
                    .number(question.number)
                    .text(question.definition);
            out.flag(question.answer != null);
            if (question.answer != null) {
                question.answer.write(out);
            }
        }
        return out.end();
    }

    static Composed decode(byte[] bytes) {
        StateIn in = new StateIn(bytes, FORMAT);
        in.flag();
        long goneAt = in.number();
        byte[] digest = in.octets();
        Ver ver = new Ver((int) in.number(), in.number());
        long asked = in.number();
        List<Question> questions = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            questions.add(new Question(
                    in.text(),
                    Subject.parse(in.text()),
                    in.number(),
                    in.text(),
                    in.flag() ? Part.Values.read(in) : null));
        }
        return new Composed(ver, digest, goneAt, asked, List.copyOf(questions));
    }

    /** When the row went; none while it is there or waits for an answer. */
    static @Nullable Long goneAt(byte[] bytes) {
        StateIn in = new StateIn(bytes, FORMAT);
        return in.flag() ? in.number() : null;
    }

    @Override
    public String toString() {
        return "Composed[" + ver + "]";
    }
}
