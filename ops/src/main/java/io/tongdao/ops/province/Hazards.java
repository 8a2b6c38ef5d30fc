package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Major hazard sources (应急, T13): one enterprise in fifty. */
final class Hazards {
    static final Columns<Hazard> COLUMNS = Columns.<Hazard>keyedBy("wxybh")
            .with("wxybh", "varchar(20)", (h, dice) -> "WXY53" + Numbers.digits(h.index(), 8))
            .with("tyshxydm", "varchar(20)", (h, dice) -> h.firm().code())
            .with("dwmc", "varchar(200)", (h, dice) -> h.firm().enterprise().name())
            .with("wxyjb", "char(1)", (h, dice) -> dice.of(List.of("1", "2", "3", "3", "4", "4", "4")))
            .with("zywhp", "varchar(200)", (h, dice) -> dice.of(List.of("甲醇", "液氨", "汽油", "黄磷", "液氯")))
            .with("sjzdl", "numeric(12,3)", (h, dice) -> BigDecimal.valueOf(dice.between(1_000, 9_000_000), 3))
            .with("jd", "numeric(10,6)", (h, dice) -> BigDecimal.valueOf(98_000_000L + dice.below(7_000_000), 6))
            .with("wd", "numeric(10,6)", (h, dice) -> BigDecimal.valueOf(22_000_000L + dice.below(6_000_000), 6))
            .with(
                    "aqfzr",
                    "varchar(50)",
                    (h, dice) -> h.firm().enterprise().representative().name())
            .with("aqfzrsj", "varchar(11)", (h, dice) -> Insurance.mobile(dice))
            .with("barq", "date", (h, dice) -> LocalDate.of(2024, 1, 1).plusDays(dice.below(800)))
            .with("pgyxqz", "date", (h, dice) -> LocalDate.of(2027, 1, 1).plusDays(dice.below(800)));

    private Hazards() {}

    record Hazard(Firm firm) implements Register.About {
        @Override
        public long index() {
            return firm.index();
        }

        @Override
        public Set<Discrepancy> disputes() {
            return Set.of();
        }
    }

    static Register<Hazard> register() {
        return Register.ofFirms(
                AgencyTable.HAZARD,
                COLUMNS,
                Speech.of("tyshxydm", "wxyjb", "1"),
                (generator, firm) -> new Dice(generator.seed(), "hazard", firm.index()).percent(2)
                        ? Stream.of(new Hazard(firm))
                        : Stream.empty());
    }
}
