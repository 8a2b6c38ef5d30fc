package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Taxpayers and their credit (税务, T08): seven enterprises in ten. Some go on at the tax office after the register has cancelled them. */
final class Taxpayers {
    static final Columns<Taxpayer> COLUMNS = Columns.<Taxpayer>keyedBy("djxh")
            .with("djxh", "bigint", (t, dice) -> 10_153_000_000L + t.index())
            .with("nsrsbh", "varchar(20) UNIQUE", (t, dice) -> t.firm().code())
            .with("nsrmc", "varchar(200)", (t, dice) -> t.copied().name(t.firm().enterprise()))
            .with(
                    "nsrzt",
                    "varchar(2)",
                    (t, dice) -> t.forgotten() ? Market.ACTIVE : t.firm().status())
            .with("pjnd", "int", (t, dice) -> 2025)
            .with("nsxyjb", "char(1)", (t, dice) -> dice.of(List.of("A", "B", "B", "M", "C", "D")))
            .with("pjdf", "numeric(5,1)", (t, dice) -> BigDecimal.valueOf(dice.between(300, 1000), 1))
            .with(
                    "zgswjg",
                    "varchar(100)",
                    (t, dice) -> "国家税务总局" + t.firm().county().fullName() + "税务局")
            .with(
                    "djhydm",
                    "varchar(5)",
                    (t, dice) -> t.otherIndustry() ? "S9999" : t.firm().industry())
            .with("zzsxse", "numeric(18,2)", (t, dice) -> money(dice))
            .with("qsye", "numeric(18,2)", (t, dice) -> dice.percent(6) ? money(dice) : BigDecimal.ZERO)
            .with("kpe", "numeric(18,2)", (t, dice) -> money(dice))
            .with("sqsbh", "varchar(32)", (t, dice) -> consent(t, dice));

    private Taxpayers() {}

    /** @param forgotten still active here, though the register of enterprises has ended it */
    record Taxpayer(Firm firm, Copied copied, boolean forgotten, boolean otherIndustry) implements Register.About {
        @Override
        public long index() {
            return firm.index();
        }

        @Override
        public Set<Discrepancy> disputes() {
            Set<Discrepancy> disputes = new HashSet<>(copied.disputes(firm.enterprise()));
            if (forgotten && firm.enterprise().sound()) {
                disputes.add(new Discrepancy(firm.code(), "ent_status"));
            }
            if (otherIndustry && firm.enterprise().sound()) {
                disputes.add(new Discrepancy(firm.code(), "industry_code"));
            }
            return disputes;
        }
    }

    static Register<Taxpayer> register() {
        return Register.ofFirms(
                AgencyTable.TAX,
                COLUMNS,
                Speech.of("nsrsbh", "nsxyjb", "C").naming("nsrmc", "ent_name"),
                (generator, firm) -> Stream.of(firm)
                        .filter(f -> new Dice(generator.seed(), "taxpayer", f.index()).percent(70))
                        .map(f -> taxpayer(generator.seed(), f)));
    }

    private static Taxpayer taxpayer(long seed, Firm firm) {
        Dice dice = new Dice(seed, "tax planted", firm.index());
        boolean forgotten = !firm.active() && dice.percent(20);
        Copied copied = Copied.draw(seed, AgencyTable.TAX, firm.index());
        return new Taxpayer(firm, copied, forgotten, dice.below(100) < 2);
    }

    private static BigDecimal money(Dice dice) {
        return BigDecimal.valueOf(dice.between(1, 2_000_000) * 1_000L + dice.below(100), 2);
    }

    private static @Nullable String consent(Taxpayer taxpayer, Dice dice) {
        return dice.percent(30) ? "SQ2026" + Numbers.digits(taxpayer.index(), 10) : null;
    }
}
