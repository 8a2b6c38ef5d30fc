package io.tongdao.ops.province;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The social insurance register (人社, T04): one row a person and kind of insurance, at most two; their last months differ. */
final class Insurance {
    static final Columns<Object> COLUMNS = Columns.defined(
            List.of("grsbbh", "xzlx"),
            "grsbbh varchar(20)",
            "gmsfhm varchar(20)",
            "xm varchar(50)",
            "dwtyshxydm varchar(18)",
            "dwmc varchar(200)",
            "xzlx varchar(3)",
            "cbzt varchar(1)",
            "sccbrq date",
            "jfjs numeric(12,2)",
            "zjjfny varchar(6)",
            "cbdqh varchar(6)",
            "sjhm varchar(11)");
    static final String PENSION = "110";
    private static final String UNEMPLOYMENT = "210";
    static final String ACTIVE = "1";
    private static final String PAUSED = "2";

    private final long seed;
    private final Market market;

    Insurance(long seed, Market market) {
        this.seed = seed;
        this.market = market;
    }

    /** The rows of a person, the more recent one first; empty for a child, an old person and one adult in five. */
    List<Row> rows(Person person) {
        Dice dice = new Dice(seed, "insurance", person.index());
        boolean working = person.adult() && person.birth().isAfter(Population.TODAY.minusYears(60));
        if (!working || !dice.percent(82)) {
            return List.of();
        }
        boolean paused = dice.percent(6);
        YearMonth last = YearMonth.from(Population.TODAY).minusMonths(paused ? dice.between(3, 30) : dice.below(3));
        boolean mobile = dice.percent(85);
        Row first = row(person, PENSION, paused ? PAUSED : ACTIVE, last, mobile, dice);
        if (!dice.percent(8)) {
            return List.of(first);
        }
        YearMonth earlier = last.minusMonths(dice.between(1, 24));
        return List.of(first, row(person, UNEMPLOYMENT, PAUSED, earlier, mobile, dice));
    }

    Row row(Person person, String type, String status, YearMonth last, boolean mobile, Dice dice) {
        Enterprise employer = market.enterprise(dice.below(market.size()));
        LocalDate start = person.birth().plusYears(20).plusDays(dice.below(700));
        return new Row(
                AgencyTable.INSURANCE,
                "53" + Numbers.digits(person.index(), 10),
                number(person),
                name(person),
                employer.code(),
                employer.name(),
                type,
                status,
                start,
                BigDecimal.valueOf(dice.between(4_000, 40_000) * 50L, 2),
                Numbers.digits(last.getYear() * 100L + last.getMonthValue(), 6),
                person.county().code(),
                mobile ? mobile(dice) : null);
    }

    static String mobile(Dice dice) {
        return dice.of(List.of("138", "139", "159", "186", "177")) + Numbers.digits(dice.below(100_000_000), 8);
    }

    private static @Nullable String number(Person person) {
        if (person.blemish() == Blemish.INSURANCE_EMPTY_ID) {
            return person.index() % 2 == 0 ? null : "";
        }
        return person.blemish() == Blemish.INSURANCE_CHECK_DIGIT ? Numbers.wrongCheck(person.id()) : person.id();
    }

    private static String name(Person person) {
        if (person.blemish() == Blemish.INSURANCE_NAME) {
            return person.outdatedName();
        }
        boolean respelt = person.blemish() == Blemish.INSURANCE_SPELLING;
        return respelt
                ? Names.respelt(person.name(), new Dice(0, "insurance spelling", person.index()))
                : person.name();
    }
}
