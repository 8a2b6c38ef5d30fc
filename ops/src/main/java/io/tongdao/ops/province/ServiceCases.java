package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cases of the government service halls (政务服务, T15). The applicant is a person or an enterprise, as its type says. */
final class ServiceCases {
    static final Columns<Case> COLUMNS = Columns.<Case>keyedBy("bjbh")
            .with("bjbh", "varchar(40)", (c, dice) -> "YN2026" + Numbers.digits(c.index(), 12))
            .with(
                    "sxbm",
                    "varchar(31)",
                    (c, dice) -> c.ofFirm() ? "11530000MB0000000X2000125001000" : "11530000MB0000000X4530112003000")
            .with("sxmc", "varchar(200)", (c, dice) -> c.ofFirm() ? "建设工程施工许可" : "灵活就业人员参保登记")
            .with("sqrlx", "char(1)", (c, dice) -> c.ofFirm() ? "2" : "1")
            .with("sqrbs", "varchar(20)", (c, dice) -> c.number())
            .with("sqrmc", "varchar(200)", (c, dice) -> c.name())
            .with("lxdh", "varchar(20)", (c, dice) -> dice.percent(90) ? Insurance.mobile(dice) : null)
            .with("slbm", "varchar(18)", (c, dice) -> "11530000MB0000000X")
            .with("slsj", "timestamp", (c, dice) -> c.accepted())
            .with("bjsj", "timestamp", (c, dice) -> finished(c, dice))
            .with("bljg", "char(1)", (c, dice) -> dice.percent(96) ? "1" : "2")
            .with("hcp", "int", (c, dice) -> dice.percent(60) ? dice.between(3, 5) : null);

    private static final int MOST = 3;
    private static final long OF_FIRMS = 100_000_000L;

    private ServiceCases() {}

    record Case(
            long index, boolean ofFirm, String number, String name, LocalDateTime accepted, Set<Discrepancy> disputes)
            implements Register.About {}

    static List<Register<Case>> registers() {
        Speech speech = Speech.of("sqrbs", "hcp", 1);
        return List.of(
                Register.ofPeople(
                        AgencyTable.CASE, COLUMNS, speech.naming("sqrmc", "full_name"), ServiceCases::ofPerson),
                Register.ofFirms(AgencyTable.CASE, COLUMNS, speech, ServiceCases::ofFirm));
    }

    /** A person's cases all have the name in one form, each on a day of its own. */
    private static Stream<Case> ofPerson(Generator generator, Person person) {
        Dice dice = new Dice(generator.seed(), "cases", person.index());
        if (!person.adult() || !dice.percent(12)) {
            return Stream.empty();
        }
        Copied copied = Copied.draw(generator.seed(), AgencyTable.CASE, person.index());
        return IntStream.rangeClosed(1, dice.percent(80) ? 1 : MOST)
                .mapToObj(n -> new Case(
                        (long) person.index() * (MOST + 1) + n,
                        false,
                        person.id(),
                        copied.name(person),
                        accepted(n, dice),
                        copied.disputes(person)));
    }

    private static Stream<Case> ofFirm(Generator generator, Firm firm) {
        Dice dice = new Dice(generator.seed(), "cases of firm", firm.index());
        return dice.percent(15)
                ? Stream.of(new Case(
                        OF_FIRMS + firm.index(),
                        true,
                        firm.code(),
                        firm.enterprise().name(),
                        accepted(1, dice),
                        Set.of()))
                : Stream.empty();
    }

    private static LocalDateTime accepted(int number, Dice dice) {
        return Population.TODAY
                .minusDays(number * 60L + dice.below(50))
                .atTime(9 + dice.below(8), dice.below(60), dice.below(60));
    }

    private static @Nullable LocalDateTime finished(Case of, Dice dice) {
        return dice.percent(85) ? of.accepted().plusHours(1 + dice.below(400)) : null;
    }
}
