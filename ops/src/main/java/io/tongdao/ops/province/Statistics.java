package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Monthly reports of enterprises above scale (统计, T16): one in twenty, two months each. No law lets them out (统计法 art. 28). */
final class Statistics {
    static final Columns<Report> COLUMNS = Columns.<Report>keyedBy("bsxh")
            .with("bsxh", "bigint", (r, dice) -> r.index())
            .with("tyshxydm", "varchar(20)", (r, dice) -> r.firm().code())
            .with("qymc", "varchar(200)", (r, dice) -> r.firm().enterprise().name())
            .with("hydm", "varchar(5)", (r, dice) -> r.firm().industry())
            .with("qhdm", "varchar(6)", (r, dice) -> r.firm().county().code())
            .with("bgq", "varchar(6)", (r, dice) -> "20260" + (5 + r.month()))
            .with("gyzcz", "numeric(18,0)", (r, dice) -> BigDecimal.valueOf(dice.between(2_000, 900_000)))
            .with("yysr", "numeric(18,0)", (r, dice) -> BigDecimal.valueOf(dice.between(2_000, 900_000)))
            .with("lrze", "numeric(18,0)", (r, dice) -> BigDecimal.valueOf(dice.between(-9_000, 90_000)))
            .with("cyrypjrs", "int, UNIQUE (tyshxydm, bgq)", (r, dice) -> dice.between(20, 3_000));

    private static final int MONTHS = 2;

    private Statistics() {}

    record Report(Firm firm, int month) implements Register.About {
        @Override
        public long index() {
            return (long) firm.index() * MONTHS + month;
        }

        @Override
        public Set<Discrepancy> disputes() {
            return Set.of();
        }
    }

    static Register<Report> register() {
        return Register.ofFirms(
                AgencyTable.STATISTICS,
                COLUMNS,
                Speech.of("tyshxydm", "cyrypjrs", 77),
                (generator, firm) -> firm.active() && new Dice(generator.seed(), "above scale", firm.index()).percent(5)
                        ? IntStream.range(0, MONTHS).mapToObj(month -> new Report(firm, month))
                        : Stream.empty());
    }
}
