package io.tongdao.ops.province;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds people for the script's scenes; nobody plays twice, so that scenes never meddle with each other's rows. */
final class Cast {
    /** Blocks looked at: enough for the rarest part, and little memory. */
    private static final int BLOCKS = 160;

    private final Generator generator;
    private final int first;
    private final List<Member> waiting = new ArrayList<>();
    private int loaded;
    private int spare;
    private int founded;

    Cast(Generator generator) {
        this.generator = generator;
        this.first = new Dice(generator.seed(), "cast", 0).below(generator.blocks());
    }

    /** Somebody for a part, or empty if the province is too small. */
    Optional<Member> find(Predicate<Member> part) {
        Optional<Member> found = take(part);
        while (found.isEmpty() && loaded < Math.min(BLOCKS, generator.blocks())) {
            load((first + loaded) % generator.blocks());
            loaded++;
            found = take(part);
        }
        return found;
    }

    /** The people that the predicate's scene needs together, or an empty list. */
    List<Member> find(List<Predicate<Member>> parts) {
        List<Member> found = new ArrayList<>();
        for (Predicate<Member> part : parts) {
            find(part).ifPresent(found::add);
        }
        return found.size() == parts.size() ? found : List.of();
    }

    /** Somebody who is in no register yet. */
    Person newcomer() {
        return generator.person(generator.people() + spare++).plain();
    }

    /** A newcomer who lives in the county. */
    Person newcomer(String county) {
        Person person = newcomer();
        while (!person.county().code().equals(county) && spare < Population.SPARE) {
            person = newcomer();
        }
        return person;
    }

    /** An enterprise that isn't registered yet. */
    Enterprise founded() {
        Enterprise e = generator.market().enterprise(generator.market().size() + founded++);
        return new Enterprise(e.index(), e.county(), e.code(), e.code(), e.name(), e.representative());
    }

    /**
     * The block's people stay together: a husband's wife is found by her number. Who is in another register, too, plays in that one's
     * scenes: what changes here would disagree there.
     */
    private void load(int block) {
        List<Row> marriages = generator.marriages(block).toList();
        int end = Math.min(generator.people(), (block + 1) * Place.BLOCK);
        generator
                .people(block * Place.BLOCK, end)
                .filter(person -> generator.elsewhere(person).isEmpty())
                .forEach(person -> waiting.add(member(person, marriages)));
    }

    private Member member(Person person, List<Row> marriages) {
        String number = CivilAffairs.number(person);
        List<Row> own = marriages.stream()
                .filter(row ->
                        row.text("nfzjhm").equals(number) || row.text("nvfzjhm").equals(number))
                .toList();
        return new Member(
                person, generator.police().row(person), generator.insurance().rows(person), own);
    }

    private Optional<Member> take(Predicate<Member> part) {
        for (Iterator<Member> members = waiting.iterator(); members.hasNext(); ) {
            Member member = members.next();
            if (part.test(member)) {
                members.remove();
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }
}
