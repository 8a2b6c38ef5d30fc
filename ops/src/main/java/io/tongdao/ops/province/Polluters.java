package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Pollutant discharge permits (生态环境, T12) of food factories; the industry may be another than the register of enterprises has. */
final class Polluters {
    static final Columns<Permit> COLUMNS = Columns.<Permit>keyedBy("xkzbh")
            .with("xkzbh", "varchar(22)", (p, dice) -> p.firm().code() + "001P")
            .with("tyshxydm", "varchar(20)", (p, dice) -> p.firm().code())
            .with("dwmc", "varchar(200)", (p, dice) -> p.copied().name(p.firm().enterprise()))
            .with("sccsdz", "varchar(300)", (p, dice) -> Police.address(p.firm().county(), dice.below(900)))
            .with(
                    "hylb",
                    "varchar(5)",
                    (p, dice) -> p.otherIndustry() ? "C1499" : p.firm().industry())
            .with("gllb", "char(1)", (p, dice) -> dice.of(List.of("1", "2", "3")))
            .with("zywrw", "varchar(500)", (p, dice) -> "化学需氧量,氨氮,总磷")
            .with("nxkpfl", "numeric(14,4)", (p, dice) -> BigDecimal.valueOf(dice.between(1_000, 900_000), 4))
            .with("jd", "numeric(10,6)", (p, dice) -> BigDecimal.valueOf(98_000_000L + dice.below(7_000_000), 6))
            .with("wd", "numeric(10,6)", (p, dice) -> BigDecimal.valueOf(22_000_000L + dice.below(6_000_000), 6))
            .with("zyscgy", "varchar(2000)", (p, dice) -> "清洗—蒸煮—灭菌—包装;废水经厌氧和好氧处理后排放。")
            .with("yxqxq", "date", (p, dice) -> LocalDate.of(2023, 1, 1).plusDays(dice.below(1_000)))
            .with("yxqxz", "date", (p, dice) -> LocalDate.of(2027, 1, 1).plusDays(dice.below(1_000)));

    private Polluters() {}

    record Permit(Firm firm, Copied copied, boolean otherIndustry) implements Register.About {
        @Override
        public long index() {
            return firm.index();
        }

        @Override
        public Set<Discrepancy> disputes() {
            Set<Discrepancy> disputes = new HashSet<>(copied.disputes(firm.enterprise()));
            if (otherIndustry && firm.enterprise().sound()) {
                disputes.add(new Discrepancy(firm.code(), "industry_code"));
            }
            return disputes;
        }
    }

    static Register<Permit> register() {
        return Register.ofFirms(
                AgencyTable.PERMIT,
                COLUMNS,
                Speech.of("tyshxydm", "gllb", "1").naming("dwmc", "ent_name"),
                (generator, firm) -> Stream.of(firm)
                        .filter(f -> f.industry().equals("C1411"))
                        .map(f -> permit(generator.seed(), f)));
    }

    private static Permit permit(long seed, Firm firm) {
        Copied copied = Copied.draw(seed, AgencyTable.PERMIT, firm.index());
        return new Permit(firm, copied, new Dice(seed, "permit planted", firm.index()).percent(4));
    }
}
