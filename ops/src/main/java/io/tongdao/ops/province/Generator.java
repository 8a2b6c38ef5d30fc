package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Entry;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sample province, described by a seed and a number of people: every row of every agency is a function of (seed, index), so a
 * province of millions streams without being held in memory. Its today is fixed ({@link Population#TODAY}): a seed gives the same
 * province on any day.
 *
 * <p>Registers of Yunnan's 129 counties, of all agencies or of some, with disagreements, other spellings and bad rows planted;
 * {@link #truth} tells which.
 */
public final class Generator {
    private final long seed;
    private final int people;
    private final Set<AgencyTable> tables;
    private final Population population;
    private final Police police;
    private final CivilAffairs civilAffairs;
    private final Insurance insurance;
    private final Market market;

    /** A province of all agencies. */
    public Generator(long seed, int people) {
        this(seed, people, EnumSet.allOf(AgencyTable.class));
    }

    private Generator(long seed, int people, Set<AgencyTable> tables) {
        this.seed = seed;
        this.people = people;
        this.tables = tables;
        this.population = new Population(seed, people);
        this.police = new Police(seed);
        this.civilAffairs = new CivilAffairs(seed);
        this.market = new Market(seed, people, population::person);
        this.insurance = new Insurance(seed, market);
    }

    /** The same province with no other tables than those of some datasets; the tables that stay are the same. */
    public Generator only(Collection<String> datasets) {
        Set<AgencyTable> kept = EnumSet.noneOf(AgencyTable.class);
        tables.stream().filter(table -> datasets.contains(table.dataset())).forEach(kept::add);
        return new Generator(seed, people, kept);
    }

    public long seed() {
        return seed;
    }

    public int people() {
        return people;
    }

    /** The tables that there are. */
    public Set<AgencyTable> tables() {
        return Collections.unmodifiableSet(tables);
    }

    /** The rows of an agency's table, lazily, in a fixed order. */
    Stream<Row> rows(AgencyTable table) {
        return switch (table) {
            case HOUSEHOLD -> people(0, people).flatMap(person -> police.row(person).stream());
            case MARRIAGE -> IntStream.range(0, blocks()).boxed().flatMap(block -> marriages(block));
            case INSURANCE -> people(0, people).flatMap(person -> insurance.rows(person).stream());
            case ENTERPRISE -> IntStream.range(0, market.size()).mapToObj(e -> market.row(market.enterprise(e)));
            case ALLOWANCE,
                    BIRTH,
                    PUPIL,
                    TAX,
                    REAL_ESTATE,
                    BUILDER,
                    LORRY,
                    PERMIT,
                    HAZARD,
                    STATE_PROPERTY,
                    CASE,
                    STATISTICS ->
                registers()
                        .filter(register -> register.table() == table)
                        .flatMap(register -> register.entries(this))
                        .map(Entry::row);
        };
    }

    /** The tables that are drawn from the people and the enterprises, as far as they are there. */
    Stream<Register<?>> registers() {
        return Registers.ALL.stream().filter(register -> tables.contains(register.table()));
    }

    /** The rows under a person's own number in registers beside the first four. */
    List<Entry> elsewhere(Person person) {
        return speaking().flatMap(register -> register.of(this, person)).toList();
    }

    /** The rows under an enterprise's own code in registers beside the first four. */
    List<Entry> elsewhere(Firm firm) {
        return speaking().flatMap(register -> register.of(this, firm)).toList();
    }

    private Stream<Register<?>> speaking() {
        return registers().filter(register -> register.speech().checked());
    }

    Firm firm(int index) {
        Enterprise enterprise = market.enterprise(index);
        return new Firm(enterprise, market.row(enterprise));
    }

    /** The person at another position of the same household. */
    Person housemate(Person person, int position) {
        return population.person(person.index() - person.place().position() + position);
    }

    /** What was planted: found by walking over the province once. */
    public Truth truth() {
        return Truth.of(this);
    }

    Person person(int index) {
        return population.person(index);
    }

    Stream<Person> people(int from, int to) {
        return IntStream.range(from, to).mapToObj(population::person);
    }

    int blocks() {
        return (people + Place.BLOCK - 1) / Place.BLOCK;
    }

    Stream<Row> marriages(int block) {
        return civilAffairs.rows(block, people, population::person).stream();
    }

    Police police() {
        return police;
    }

    Insurance insurance() {
        return insurance;
    }

    Market market() {
        return market;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Generator that && seed == that.seed && people == that.people;
    }

    @Override
    public int hashCode() {
        return Objects.hash(seed, people);
    }
}
