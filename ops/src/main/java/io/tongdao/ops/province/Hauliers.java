package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.time.LocalDate;
import java.util.HashSet;
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
            .with("zjzt", "char(1)", (l, dice) -> l.ended() ? "2" : "1")
            .with("jdczt", "char(1)", (l, dice) -> l.scrapped() ? "2" : "1");

    private static final int MOST = 4;

    private Hauliers() {}

    record Lorry(Firm firm, int number, Copied copied, boolean ended, boolean scrapped) implements Register.About {
        @Override
        public long index() {
            return (long) firm.index() * MOST + number;
        }

        @Override
        public Set<Discrepancy> disputes() {
            Set<Discrepancy> disputes = new HashSet<>(copied.disputes(firm.enterprise()));
            if (scrapped && !ended) {
                disputes.add(new Discrepancy(certificate("53" + Numbers.digits(index(), 10)), Contradiction.VEHICLE));
            }
            return disputes;
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
        return IntStream.range(0, lorries).mapToObj(number -> {
            Dice dice = new Dice(seed, "lorry", (long) firm.index() * MOST + number);
            return new Lorry(firm, number, copied, dice.percent(5), dice.percent(10));
        });
    }

    /** A certificate as a subject. */
    static String certificate(String number) {
        return "other:road_transport_certificate:" + number;
    }
}
