package io.tongdao.ops.province;

import java.time.LocalDate;
import java.util.List;

/**
 * The people, each derivable from (seed, index) alone. Numbers are distinct by construction: two people whose sequences are equal
 * have indices that are equal modulo 499, and then their birth days differ modulo the number of such classes.
 */
final class Population {
    /** The day on which the province's ages and dates rest, so that a seed gives the same province on any day. */
    static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    /** People beyond the population, for those who are born or move in while the province lives. */
    static final int SPARE = 1024;

    static final int LARGEST = 2_500_000;
    private static final int SEQUENCES = 499;
    private static final String WUHUA = "530102";
    private static final List<String> ETHNICITIES = List.of("01", "01", "07", "14", "08", "18", "20", "28", "04", "03");

    private final long seed;
    private final int classes;

    Population(long seed, int people) {
        if (people < 1 || people > LARGEST) {
            throw new IllegalArgumentException("people must be 1 to " + LARGEST + ", is " + people);
        }
        this.seed = seed;
        this.classes = (people + SPARE) / SEQUENCES + 1;
    }

    Person person(int index) {
        Place place = Place.of(index);
        long household = (long) index / Place.BLOCK * Place.HOUSEHOLDS + place.household();
        Dice dice = new Dice(seed, "person", index);
        County county = county(household);
        boolean male = male(place, dice);
        LocalDate birth = birth(index, place, dice);
        String id = Numbers.citizen(county.codeIn(birth.getYear()), birth, sequence(index, male));
        String ethnicity = ethnicity(household);
        String surname = surname(index, place, household, male);
        String name = Names.full(surname, ethnicity, dice);
        Blemish blemish =
                place.role().equals(Place.CHILD) ? Blemish.NONE : Blemish.draw(new Dice(seed, "blemish", index));
        String former = former(name, surname, blemish, dice);
        return new Person(
                index, place, household, county, id, male, birth, name, former, ethnicity, fitting(blemish, id));
    }

    /** The first 129 households live in 129 counties; of the others one in sixteen lives in Wuhua. */
    County county(long household) {
        int counties = County.ALL.size();
        Dice dice = new Dice(seed, "county", household);
        if (household < counties) {
            return County.ALL.get((int) household);
        }
        return dice.below(16) == 0 ? County.of(WUHUA) : dice.of(County.ALL);
    }

    /** A number born on 30 February: distinct for distinct people, and right but for the date. */
    static String thirtiethOfFebruary(Person person) {
        int of = person.index() / SEQUENCES;
        County county = County.ALL.get(of / 100 % County.ALL.size());
        return Numbers.citizen(county.code(), (1900 + of % 100) + "0230", person.sequence());
    }

    private static int sequence(int index, boolean male) {
        return index % SEQUENCES * 2 + (male ? 1 : 2);
    }

    private LocalDate birth(int index, Place place, Dice dice) {
        long first = TODAY.minusYears(place.oldest()).toEpochDay() + 1;
        long days = TODAY.minusYears(place.youngest()).toEpochDay() - first;
        long offset = Math.floorMod(index / SEQUENCES - first, (long) classes);
        long rounds = Math.max(1, days / classes);
        return LocalDate.ofEpochDay(first + offset + (long) classes * dice.below((int) rounds));
    }

    private static boolean male(Place place, Dice dice) {
        boolean drawn = dice.percent(51);
        return switch (place.role()) {
            case Place.HEAD -> !place.alone() || place.household() % 4 == 2;
            case Place.SPOUSE -> false;
            default -> drawn;
        };
    }

    private String ethnicity(long household) {
        Dice dice = new Dice(seed, "ethnicity", household);
        return dice.percent(67) ? "01" : dice.of(ETHNICITIES);
    }

    private String surname(int index, Place place, long household, boolean male) {
        boolean familys =
                !place.role().equals(Place.SPOUSE) && (male || !place.role().equals(Place.PARENT));
        return Names.surname(familys ? new Dice(seed, "surname", household) : new Dice(seed, "own surname", index));
    }

    private static String former(String name, String surname, Blemish blemish, Dice dice) {
        boolean renamed = blemish == Blemish.INSURANCE_NAME || blemish == Blemish.MARRIAGE_NAME;
        if (!(renamed ? dice.percent(50) : dice.percent(2))) {
            return "";
        }
        String former = Names.full(surname, "01", dice);
        return former.equals(name) ? "" : former;
    }

    private static Blemish fitting(Blemish blemish, String id) {
        return blemish == Blemish.POLICE_LOWER_X && !id.endsWith("X") ? Blemish.POLICE_FULL_WIDTH_ID : blemish;
    }
}
