package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Road transport certificates (交通, T11): the lorries of trading enterprises. Some are scrapped while their certificate is still valid. */
final class Hauliers {
    static final Columns<Lorry> COLUMNS = Columns.<Lorry>keyedBy("dlyszh")
            .with("dlyszh", "varchar(20)", (l, dice) -> "53" + Numbers.digits(l.index(), 10))
            .with("cphm", "varchar(10)", (l, dice) -> "云A" + Numbers.digits(l.index() * 7 % 100_000, 5))
            .with("cpys", "char(1)", (l, dice) -> "2")
            .with("clsbdh", "varchar(17)", (l, dice) -> "LZZ5CLSB" + Numbers.digits(l.index(), 9))
            .with("yhmc", "varchar(200)", (l, dice) -> l.copied().name(l.firm().enterprise()))
            .with("yhtyshxydm", "varchar(20)", (l, dice) -> l.firm().code())
            .with(
                    "jyxkzh",
                    "varchar(20)",
                    (l, dice) -> "53" + Numbers.digits(l.firm().index(), 10))
            .with("jyfw", "varchar(200)", (l, dice) -> dice.percent(8) ? "危险货物运输(3类)" : "道路普通货物运输")
            .with("zzl", "int", (l, dice) -> dice.between(4_501, 49_000))
            .with("fzrq", "date", (l, dice) -> LocalDate.of(2023, 1, 1).plusDays(dice.below(1_000)))
            .with("yxqz", "date", (l, dice) -> LocalDate.of(2027, 1, 1).plusDays(dice.below(1_000)))
            .with("zjzt", "char(1)", (l, dice) -> dice.percent(95) ? "1" : "2")
            .with("jdczt", "char(1)", (l, dice) -> dice.of(List.of("1", "1", "1", "1", "1", "1", "1", "1", "1", "2")));

    private static final int MOST = 4;

    private Hauliers() {}

    record Lorry(Firm firm, int number, Copied copied) implements Register.About {
        @Override
        public long index() {
            return (long) firm.index() * MOST + number;
        }

        @Override
        public Set<Discrepancy> disputes() {
            return copied.disputes(firm.enterprise());
        }
    }

    static Register<Lorry> register() {
        return Register.ofFirms(
                AgencyTable.LORRY,
                COLUMNS,
                Speech.of("yhtyshxydm", "zjzt", "3").naming("yhmc", "ent_name"),
                (generator, firm) ->
                        firm.industry().equals("F5123") ? lorries(generator.seed(), firm) : Stream.empty());
    }

    private static Stream<Lorry> lorries(long seed, Firm firm) {
        Copied copied = Copied.draw(seed, AgencyTable.LORRY, firm.index());
        int lorries = 1 + new Dice(seed, "lorries", firm.index()).below(MOST - 1);
        return IntStream.range(0, lorries).mapToObj(number -> new Lorry(firm, number, copied));
    }
}
