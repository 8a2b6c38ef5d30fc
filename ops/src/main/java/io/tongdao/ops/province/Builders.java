package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Qualifications of construction enterprises (住建, T10). An enterprise that has changed its name may still have its old certificate. */
final class Builders {
    static final Columns<Builder> COLUMNS = Columns.<Builder>keyedBy("zsbh")
            .with("zsbh", "varchar(30)", (b, dice) -> "D353" + Numbers.digits(b.index(), 7))
            .with("tyshxydm", "varchar(20)", (b, dice) -> b.firm().code())
            .with("qymc", "varchar(200)", (b, dice) -> b.copied().name(b.firm().enterprise()))
            .with("fddbr", "varchar(50)", (b, dice) -> b.representative())
            .with(
                    "zzlbdj",
                    "varchar(200)",
                    (b, dice) -> dice.of(List.of("建筑工程施工总承包壹级", "建筑工程施工总承包贰级", "市政公用工程施工总承包贰级")))
            .with("fzjg", "varchar(100)", (b, dice) -> "云南省住房和城乡建设厅")
            .with("fzrq", "date", (b, dice) -> LocalDate.of(2022, 1, 1).plusDays(dice.below(1_500)))
            .with("yxqz", "date", (b, dice) -> LocalDate.of(2027, 1, 1).plusDays(dice.below(1_500)))
            .with("zszt", "char(1)", (b, dice) -> b.firm().active() ? "1" : "2")
            .with("jsfzrxm", "varchar(50)", (b, dice) -> b.engineer().name())
            .with("jsfzrzjhm", "varchar(20)", (b, dice) -> b.engineer().id())
            .with("jzc", "numeric(18,2)", (b, dice) -> BigDecimal.valueOf(dice.between(400, 40_000) * 100L, 2));

    private Builders() {}

    /** @param otherRepresentative the certificate names somebody else than the register of enterprises */
    record Builder(Firm firm, Person engineer, Copied copied, boolean otherRepresentative) implements Register.About {
        @Override
        public long index() {
            return firm.index();
        }

        String representative() {
            String name = firm.enterprise().representative().name();
            return otherRepresentative ? Names.misheard(name) : name;
        }

        @Override
        public Set<Discrepancy> disputes() {
            Set<Discrepancy> disputes = new HashSet<>(copied.disputes(firm.enterprise()));
            if (otherRepresentative && firm.enterprise().sound()) {
                disputes.add(new Discrepancy(firm.code(), "legal_rep_name"));
            }
            return disputes;
        }
    }

    static Register<Builder> register() {
        return Register.ofFirms(
                AgencyTable.BUILDER,
                COLUMNS,
                Speech.of("tyshxydm", "jzc", new BigDecimal("8888.88")).naming("qymc", "ent_name"),
                (generator, firm) -> Stream.of(firm)
                        .filter(f -> f.industry().equals("E4710"))
                        .map(f -> builder(generator, f)));
    }

    private static Builder builder(Generator generator, Firm firm) {
        Dice dice = new Dice(generator.seed(), "builder planted", firm.index());
        Person engineer = generator.person(dice.below(generator.people()));
        Copied copied = Copied.draw(generator.seed(), AgencyTable.BUILDER, firm.index());
        return new Builder(firm, engineer, copied, dice.percent(3));
    }
}
