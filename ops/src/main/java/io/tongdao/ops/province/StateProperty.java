package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Property rights of the state in enterprises (国资, T14): one in thirty. In one row of twelve the equity is not assets less liabilities. */
final class StateProperty {
    static final Columns<Share> COLUMNS = Columns.<Share>keyedBy("cqdjbh")
            .with("cqdjbh", "varchar(30)", (s, dice) -> "53CQ" + Numbers.digits(s.index(), 10))
            .with("tyshxydm", "varchar(20)", (s, dice) -> s.firm().code())
            .with("qymc", "varchar(200)", (s, dice) -> s.copied().name(s.firm().enterprise()))
            .with("gjczqy", "varchar(200)", (s, dice) -> dice.of(List.of("云南省投资控股集团有限公司", "云南省建设投资控股集团有限公司")))
            .with("cqcj", "int", (s, dice) -> dice.between(1, 4))
            .with("gyzbzb", "numeric(6,3)", (s, dice) -> BigDecimal.valueOf(dice.between(34_000, 100_000), 3))
            .with("zcze", "numeric(18,2)", (s, dice) -> s.assets())
            .with("fzze", "numeric(18,2)", (s, dice) -> s.liabilities())
            .with(
                    "syzqy",
                    "numeric(18,2)",
                    (s, dice) ->
                            s.assets().subtract(s.liabilities()).add(s.unbalanced() ? BigDecimal.ONE : BigDecimal.ZERO))
            .with("djlx", "char(1)", (s, dice) -> dice.of(List.of("1", "1", "2")))
            .with("djrq", "date", (s, dice) -> LocalDate.of(2020, 1, 1).plusDays(dice.below(2_000)));

    private StateProperty() {}

    record Share(Firm firm, Copied copied, BigDecimal assets, BigDecimal liabilities, boolean unbalanced)
            implements Register.About {
        @Override
        public long index() {
            return firm.index();
        }

        @Override
        public Set<Discrepancy> disputes() {
            Set<Discrepancy> disputes = new HashSet<>(copied.disputes(firm.enterprise()));
            if (unbalanced) {
                disputes.add(new Discrepancy(firm.code(), Contradiction.EQUITY));
            }
            return disputes;
        }
    }

    static Register<Share> register() {
        return Register.ofFirms(
                AgencyTable.STATE_PROPERTY,
                COLUMNS,
                Speech.of("tyshxydm", "djlx", "2").naming("qymc", "ent_name"),
                (generator, firm) -> share(generator.seed(), firm));
    }

    private static Stream<Share> share(long seed, Firm firm) {
        Dice dice = new Dice(seed, "state property", firm.index());
        if (dice.below(30) != 0) {
            return Stream.empty();
        }
        BigDecimal assets = BigDecimal.valueOf(dice.between(100_000, 90_000_000), 2);
        BigDecimal liabilities = BigDecimal.valueOf(dice.between(10_000, 99_999), 2);
        Copied copied = Copied.draw(seed, AgencyTable.STATE_PROPERTY, firm.index());
        return Stream.of(new Share(firm, copied, assets, liabilities, dice.below(12) == 0));
    }
}
