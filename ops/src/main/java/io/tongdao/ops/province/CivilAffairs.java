package io.tongdao.ops.province;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The marriage register of civil affairs (民政, T02): couples, divorces, second marriages, reissued certificates. */
final class CivilAffairs {
    static final Columns<Object> COLUMNS = Columns.defined(
            List.of("zjzh"),
            "zjzh varchar(20)",
            "ywlx varchar(2) NOT NULL",
            "nfxm varchar(50)",
            "nfzjlx varchar(3)",
            "nfzjhm varchar(20)",
            "nvfxm varchar(50)",
            "nvfzjlx varchar(3)",
            "nvfzjhm varchar(20)",
            "djrq date",
            "djjg varchar(100)",
            "djjgqh varchar(6)",
            "hyzk varchar(2)");
    static final String WEDDING = "10";
    static final String DIVORCE = "20";
    private static final String REISSUE = "30";
    static final String MARRIED = "20";
    private static final String REMARRIED = "22";
    static final String DIVORCED = "40";
    /** Of the places that live alone: a divorced couple, and the former husband of the block's first wife. */
    private static final int DIVORCED_MAN = 2;

    private static final int DIVORCED_WOMAN = 9;
    private static final int FORMER_HUSBAND = 6;

    private final long seed;

    CivilAffairs(long seed) {
        this.seed = seed;
    }

    /** The register's rows about the people of one block, oldest first for each couple. Rows with a person beyond the population are left out. */
    List<Row> rows(int block, int people, IntFunction<Person> persons) {
        Entries entries = new Entries(block);
        List<Person> here = IntStream.range(block * Place.BLOCK, (block + 1) * Place.BLOCK)
                .filter(i -> i < people)
                .mapToObj(persons)
                .toList();
        Dice dice = new Dice(seed, "marriages", block);
        boolean second = dice.percent(40) && find(here, FORMER_HUSBAND, 0).size() == 1;
        for (int h = 0; h < Place.HOUSEHOLDS; h++) {
            couple(here, h, h == 0 && second, dice, entries);
        }
        divorce(here, dice, entries);
        return entries.rows;
    }

    private static void couple(List<Person> here, int household, boolean second, Dice dice, Entries entries) {
        List<Person> head = find(here, household, 0);
        List<Person> spouse = find(here, household, 1);
        boolean registered = dice.percent(92);
        boolean reissued = dice.percent(3);
        int wait = dice.below(600);
        if (spouse.isEmpty() || !spouse.getFirst().place().role().equals(Place.SPOUSE) || !(registered || second)) {
            return;
        }
        Person man = head.getFirst();
        Person woman = spouse.getFirst();
        LocalDate wedding = marriageable(man, woman).plusDays(wait);
        if (second) {
            Person former = find(here, FORMER_HUSBAND, 0).getFirst();
            LocalDate first = marriageable(former, woman).plusDays(wait / 2);
            entries.add(WEDDING, former, woman, first, MARRIED);
            entries.add(DIVORCE, former, woman, first.plusDays(500), DIVORCED);
            LocalDate earliest = first.plusDays(900);
            wedding = wedding.isBefore(earliest) ? earliest : wedding;
        }
        entries.add(WEDDING, man, woman, wedding, second ? REMARRIED : MARRIED);
        if (reissued) {
            entries.add(REISSUE, man, woman, wedding.plusDays(200), second ? REMARRIED : MARRIED);
        }
    }

    private static void divorce(List<Person> here, Dice dice, Entries entries) {
        List<Person> man = find(here, DIVORCED_MAN, 0);
        List<Person> woman = find(here, DIVORCED_WOMAN, 0);
        int wait = dice.below(900);
        if (man.size() == 1 && woman.size() == 1 && dice.percent(45)) {
            LocalDate wedding = marriageable(man.getFirst(), woman.getFirst()).plusDays(wait / 3);
            entries.add(WEDDING, man.getFirst(), woman.getFirst(), wedding, MARRIED);
            entries.add(DIVORCE, man.getFirst(), woman.getFirst(), wedding.plusDays(365 + wait), DIVORCED);
        }
    }

    private static LocalDate marriageable(Person man, Person woman) {
        LocalDate younger = man.birth().isAfter(woman.birth()) ? man.birth() : woman.birth();
        return younger.plusYears(22);
    }

    private static List<Person> find(List<Person> here, int household, int position) {
        return here.stream()
                .filter(p -> p.place().household() == household && p.place().position() == position)
                .toList();
    }

    /** A row of the register; {@code number} must be the only one of its kind and year in the county. */
    static Row entry(String type, int number, Person man, Person woman, LocalDate date, String status) {
        County county = man.county();
        String letter = type.equals(WEDDING) ? "J" : type.equals(DIVORCE) ? "L" : "B";
        return new Row(
                AgencyTable.MARRIAGE,
                letter + county.code() + "-" + date.getYear() + "-" + Numbers.digits(number, 7),
                type,
                name(man),
                "111",
                number(man),
                name(woman),
                "111",
                number(woman),
                date,
                county.name() + "民政局",
                county.code(),
                status);
    }

    private static String name(Person person) {
        if (person.blemish() == Blemish.MARRIAGE_NAME) {
            return person.outdatedName();
        }
        boolean respelt = person.blemish() == Blemish.MARRIAGE_SPELLING;
        return respelt ? Names.respelt(person.name(), new Dice(0, "marriage spelling", person.index())) : person.name();
    }

    /** The person's number as this register has it. */
    static String number(Person person) {
        return person.blemish() == Blemish.MARRIAGE_CHECK_DIGIT ? Numbers.wrongCheck(person.id()) : person.id();
    }

    /** Collects rows and counts them: the number within the block makes the certificate's number. */
    private static final class Entries {
        private final int block;
        private final List<Row> rows = new ArrayList<>();

        Entries(int block) {
            this.block = block;
        }

        void add(String type, Person man, Person woman, LocalDate date, String status) {
            rows.add(entry(type, block * 64 + rows.size(), man, woman, date, status));
        }
    }
}
