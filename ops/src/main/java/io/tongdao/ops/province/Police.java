package io.tongdao.ops.province;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The household register of public security (公安, T01). */
final class Police {
    static final Columns<Object> COLUMNS = Columns.defined(
            List.of("ryid"),
            "ryid bigint",
            "gmsfhm varchar(20) UNIQUE",
            "xm varchar(50)",
            "cym varchar(50)",
            "xb char(1)",
            "mz varchar(2)",
            "csrq date",
            "hjqh varchar(6)",
            "hjdz varchar(200)",
            "hh varchar(20)",
            "yhzgx varchar(2)",
            "jzzdz varchar(200)",
            "hkzt varchar(2)",
            "rxzpzy varchar(64)");
    private static final int DIGEST_WORDS = 8;
    static final String NORMAL = "10";
    static final String DEAD = "30";
    private static final Map<Blemish, Function<Person, @Nullable String>> FORMS = Map.of(
            Blemish.POLICE_CHECK_DIGIT, person -> Numbers.wrongCheck(person.id()),
            Blemish.POLICE_30_FEBRUARY, Population::thirtiethOfFebruary,
            Blemish.POLICE_EMPTY_ID, person -> null,
            Blemish.POLICE_SHORT_ID, person -> person.id().substring(0, 17),
            Blemish.POLICE_LOWER_X, person -> person.id().replace('X', 'x'),
            Blemish.POLICE_FULL_WIDTH_ID, person -> Numbers.fullWidth(person.id()),
            Blemish.POLICE_SPACED_ID, person -> person.id() + " ");
    private final long seed;

    Police(long seed) {
        this.seed = seed;
    }

    /** The household row of a person, or empty for one whom only other agencies know. */
    Optional<Row> row(Person person) {
        if (person.blemish() == Blemish.POLICE_MISSING) {
            return Optional.empty();
        }
        Dice dice = new Dice(seed, "police", person.index());
        String address = address(person);
        return Optional.of(new Row(
                AgencyTable.HOUSEHOLD,
                100_000_000L + person.index(),
                written(person),
                person.name(),
                person.formerName().isEmpty() ? null : person.formerName(),
                person.male() == (person.blemish() != Blemish.POLICE_SEX) ? "1" : "2",
                person.ethnicity(),
                birth(person),
                person.county().code(),
                address,
                person.county().code() + Numbers.digits(person.household(), 10),
                person.place().role(),
                dice.percent(12) ? residence(dice) : null,
                status(person, dice),
                photoDigest(dice)));
    }

    static String address(Person person) {
        return address(person.county(), person.household());
    }

    static String address(County county, long household) {
        return "云南省" + county.fullName() + "翠湖路" + (household % 998 + 1) + "号";
    }

    private static String residence(Dice dice) {
        return "云南省" + dice.of(County.ALL).fullName() + "滇池路" + dice.between(1, 900) + "号";
    }

    private static LocalDate birth(Person person) {
        return switch (person.blemish()) {
            case POLICE_ENDLESS_BIRTH -> LocalDate.MAX;
            case POLICE_BIRTH -> person.birth().plusDays(1);
            default -> person.birth();
        };
    }

    private String status(Person person, Dice dice) {
        boolean dead = person.place().role().equals(Place.PARENT) ? dice.percent(8) : dead(seed, person);
        return dead ? DEAD : NORMAL;
    }

    /** One head of a household in fifty. */
    static boolean dead(long seed, Person head) {
        return head.place().position() == 0 && new Dice(seed, "dead head", head.index()).below(50) == 0;
    }

    private static String photoDigest(Dice dice) {
        return IntStream.range(0, DIGEST_WORDS)
                .mapToObj(word -> String.format("%08x", dice.below(Integer.MAX_VALUE)))
                .collect(Collectors.joining());
    }

    private static @Nullable String written(Person person) {
        Function<Person, @Nullable String> form = FORMS.get(person.blemish());
        return form == null ? person.id() : form.apply(person);
    }
}
