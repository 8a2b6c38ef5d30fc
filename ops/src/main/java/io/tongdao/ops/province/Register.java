package io.tongdao.ops.province;

import io.tongdao.ops.province.Truth.Discrepancy;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table that is drawn from the people or the enterprises: which of them it has, its columns, and what is planted in it. In 1,000
 * rows 3 have an identifier that is bad and 3 one in a form that normalises.
 *
 * @param <T> what a row is about
 */
final class Register<T extends Register.About> {
    private final AgencyTable table;
    private final Columns<T> columns;
    private final Speech speech;
    private final BiFunction<Generator, Person, Stream<T>> ofPerson;
    private final BiFunction<Generator, Firm, Stream<T>> ofFirm;

    /** What a row is about. */
    interface About {
        /** Tells it apart from all others of its table. */
        long index();

        /** The item in which its copy says something else than the source of record, as planted; empty for most. */
        Set<Discrepancy> disputes();

        /** Whether it is about somebody else than its number says, so that nobody hears it. */
        default boolean apart() {
            return false;
        }
    }

    /**
     * What scenes and flaws need to know of a register's columns.
     *
     * @param identifier the column with the subject's number
     * @param checked whether it has a check that it can fail
     * @param name the column with a copied name, and {@code golden} what base databases call it; both empty if nobody compares it
     * @param news a column that changes while the province lives, and its new value
     */
    record Speech(String identifier, boolean checked, String name, String golden, String news, Object value) {
        /** An identifier of a person or an organisation. */
        static Speech of(String identifier, String news, Object value) {
            return new Speech(identifier, true, "", "", news, value);
        }

        /** A number of which any text may be one. */
        static Speech unchecked(String identifier, String news, Object value) {
            return new Speech(identifier, false, "", "", news, value);
        }

        Speech naming(String column, String item) {
            return new Speech(identifier, checked, column, item, news, value);
        }
    }

    /** A row as it is in the register. */
    record Entry(Row row, boolean sound, boolean apart, Set<Discrepancy> disputes) {}

    private Register(
            AgencyTable table,
            Columns<T> columns,
            Speech speech,
            BiFunction<Generator, Person, Stream<T>> ofPerson,
            BiFunction<Generator, Firm, Stream<T>> ofFirm) {
        this.table = table;
        this.columns = columns;
        this.speech = speech;
        this.ofPerson = ofPerson;
        this.ofFirm = ofFirm;
    }

    static <T extends About> Register<T> ofPeople(
            AgencyTable table, Columns<T> columns, Speech speech, BiFunction<Generator, Person, Stream<T>> entries) {
        return new Register<>(table, columns, speech, entries, (g, firm) -> Stream.empty());
    }

    static <T extends About> Register<T> ofFirms(
            AgencyTable table, Columns<T> columns, Speech speech, BiFunction<Generator, Firm, Stream<T>> entries) {
        return new Register<>(table, columns, speech, (g, person) -> Stream.empty(), entries);
    }

    AgencyTable table() {
        return table;
    }

    Speech speech() {
        return speech;
    }

    /** All rows, lazily, in a fixed order. */
    Stream<Entry> entries(Generator generator) {
        Stream<Entry> people = generator.people(0, generator.people()).flatMap(person -> of(generator, person));
        Stream<Entry> firms = IntStream.range(0, generator.market().size())
                .mapToObj(generator::firm)
                .flatMap(firm -> of(generator, firm));
        return Stream.concat(people, firms);
    }

    Stream<Entry> of(Generator generator, Person person) {
        return ofPerson.apply(generator, person).map(about -> entry(generator.seed(), about));
    }

    Stream<Entry> of(Generator generator, Firm firm) {
        return ofFirm.apply(generator, firm).map(about -> entry(generator.seed(), about));
    }

    private Entry entry(long seed, T about) {
        Row row = columns.row(table, about, new Dice(seed, table.dataset(), about.index()));
        Flaw drawn = Flaw.draw(new Dice(seed, "flaw " + table.dataset(), about.index()));
        Flaw flaw = speech.checked() || drawn == Flaw.MISSING ? drawn : Flaw.NONE;
        Row written =
                flaw == Flaw.NONE ? row : row.with(speech.identifier(), flaw.written(row.text(speech.identifier())));
        return new Entry(written, flaw.sound(), about.apart(), flaw.sound() ? about.disputes() : Set.of());
    }
}
