package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Real estate (自然资源, T09): units of people and of enterprises, under the unit's number of 28 characters; a couple has a certificate each. */
final class RealEstate {
    static final Columns<Right> COLUMNS = Columns.<Right>keyedBy("bdcqzh")
            .with("bdcdyh", "varchar(28)", (r, dice) -> unit(r))
            .with("bdcqzh", "varchar(50)", (r, dice) -> "云(2020)第" + Numbers.digits(r.index(), 9) + "号")
            .with("zl", "varchar(300)", (r, dice) -> Police.address(r.county(), r.unit()))
            .with("qlrmc", "varchar(200)", (r, dice) -> r.owner())
            .with("qlrzjlx", "varchar(3)", (r, dice) -> r.firm() ? "800" : "111")
            .with("qlrzjhm", "varchar(20)", (r, dice) -> r.number())
            .with("gyqk", "char(1)", (r, dice) -> r.shared() ? "2" : "1")
            .with("qllx", "varchar(2)", (r, dice) -> "04")
            .with("yt", "varchar(4)", (r, dice) -> r.firm() ? "0601" : "0701")
            .with("jzmj", "numeric(12,2)", (r, dice) -> BigDecimal.valueOf(dice.between(4_500, 30_000), 2))
            .with(
                    "djsj",
                    "timestamp",
                    (r, dice) -> Population.TODAY
                            .minusDays(1 + dice.below(5_000))
                            .atTime(9 + dice.below(8), dice.below(60), dice.below(60)))
            .with("dyzt", "char(1)", (r, dice) -> dice.percent(25) ? "1" : "0")
            .with("cfzt", "char(1)", (r, dice) -> dice.percent(2) ? "1" : "0")
            .with("zdzb", "text", (r, dice) -> outline(dice));

    private static final long OF_FIRMS = 500_000_000L;

    private RealEstate() {}

    /**
     * One owner's right in a unit.
     *
     * @param unit distinguishes units
     * @param number citizen number or credit code
     */
    record Right(long index, long unit, County county, String owner, String number, boolean firm, boolean shared)
            implements Register.About {
        @Override
        public Set<Discrepancy> disputes() {
            return Set.of();
        }
    }

    static List<Register<Right>> registers() {
        Speech speech = Speech.unchecked("bdcdyh", "dyzt", "1");
        return List.of(
                Register.ofPeople(AgencyTable.REAL_ESTATE, COLUMNS, speech, RealEstate::ofPerson),
                Register.ofFirms(AgencyTable.REAL_ESTATE, COLUMNS, speech, RealEstate::ofFirm));
    }

    private static Stream<Right> ofPerson(Generator generator, Person person) {
        Place place = person.place();
        Dice dice = new Dice(generator.seed(), "estate", person.household());
        boolean owned = dice.percent(45);
        boolean shared = dice.percent(12) && place.size() > 1;
        return owned && (place.position() == 0 || (shared && place.position() == 1))
                ? Stream.of(new Right(
                        person.index(), person.household(), person.county(), person.name(), person.id(), false, shared))
                : Stream.empty();
    }

    private static Stream<Right> ofFirm(Generator generator, Firm firm) {
        long index = OF_FIRMS + firm.index();
        return new Dice(generator.seed(), "estate of firm", firm.index()).percent(15)
                ? Stream.of(
                        new Right(index, index, firm.county(), firm.enterprise().name(), firm.code(), true, false))
                : Stream.empty();
    }

    /** County, cadastral district and zone, GB for state-owned building land, parcel, and F for a building with its number. */
    private static String unit(Right right) {
        String parcel = Numbers.digits(right.unit() % 100_000, 5);
        return right.county().code() + "001002GB" + parcel + "F" + Numbers.digits(right.unit() % 100_000_000L, 8);
    }

    private static String outline(Dice dice) {
        int x = 98_000_000 + dice.below(7_000_000);
        int y = 22_000_000 + dice.below(6_000_000);
        return "POLYGON((" + at(x, y) + "," + at(x + 300, y) + "," + at(x + 300, y + 200) + "," + at(x, y) + "))";
    }

    private static String at(int x, int y) {
        return BigDecimal.valueOf(x, 6) + " " + BigDecimal.valueOf(y, 6);
    }
}
