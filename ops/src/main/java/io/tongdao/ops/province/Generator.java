package io.tongdao.ops.province;

import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sample province, described by a seed and a number of people: every row of every agency is a function of (seed, index), so a
 * province of millions streams without being held in memory.
 *
 * <p>Four registers of Yunnan's 129 counties: households, marriages, social insurance and enterprises, with disagreements, other
 * spellings and bad rows planted; {@link #truth} tells which.
 */
public final class Generator {
    private final long seed;
    private final int people;
    private final Population population;
    private final Police police;
    private final CivilAffairs civilAffairs;
    private final Insurance insurance;
    private final Market market;

    /** @param people 1 to 2,500,000 */
    public Generator(long seed, int people) {
        this.seed = seed;
        this.people = people;
        this.population = new Population(seed, people);
        this.police = new Police(seed);
        this.civilAffairs = new CivilAffairs(seed);
        this.market = new Market(seed, people, population::person);
        this.insurance = new Insurance(seed, market);
    }

    public long seed() {
        return seed;
    }

    public int people() {
        return people;
    }

    /** The rows of an agency's table, lazily, in a fixed order. */
    Stream<Row> rows(AgencyTable table) {
        return switch (table) {
            case HOUSEHOLD -> people(0, people).flatMap(person -> police.row(person).stream());
            case MARRIAGE -> IntStream.range(0, blocks()).boxed().flatMap(block -> marriages(block));
            case INSURANCE -> people(0, people).flatMap(person -> insurance.rows(person).stream());
            case ENTERPRISE -> IntStream.range(0, market.size()).mapToObj(e -> market.row(market.enterprise(e)));
        };
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
