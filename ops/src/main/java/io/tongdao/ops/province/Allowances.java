package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Families on the subsistence allowance (民政, T03), under the number of their head, which an old register may hold with 15 digits. */
final class Allowances {
    static final Columns<Family> COLUMNS = Columns.<Family>keyedBy("jtbh")
            .with("jtbh", "varchar(20)", (f, dice) -> "D" + f.head().county().code() + Numbers.digits(f.index(), 9))
            .with("hzxm", "varchar(50)", (f, dice) -> f.copied().name(f.head()))
            .with("hzgmsfhm", "varchar(20)", (f, dice) -> number(f.head(), dice))
            .with("cys", "int", (f, dice) -> f.head().place().size())
            .with("bzlb", "char(1)", (f, dice) -> f.head().county().name().endsWith("区") ? "1" : "2")
            .with(
                    "bzqsny",
                    "varchar(6)",
                    (f, dice) -> Integer.toString(201_501 + dice.below(11) * 100 + dice.below(12)))
            .with("ybzje", "numeric(10,2)", (f, dice) -> BigDecimal.valueOf(dice.between(20_000, 180_000), 2))
            .with("zkyy", "varchar(2)", (f, dice) -> "0" + dice.between(1, 5))
            .with("jtrjysr", "numeric(10,2)", (f, dice) -> BigDecimal.valueOf(dice.between(0, 60_000), 2))
            .with("khyhzh", "varchar(30)", (f, dice) -> "6223" + Numbers.digits(dice.below(1_000_000_000), 15))
            .with("szqh", "varchar(6)", (f, dice) -> f.head().county().code())
            .with("tbrq", "date", (f, dice) -> f.stopped());

    private Allowances() {}

    /** @param stopped when the payments ended; null: they go on */
    record Family(
            Person head,
            Copied copied,
            boolean dead,
            @Nullable LocalDate stopped) implements Register.About {
        @Override
        public long index() {
            return head.index();
        }

        @Override
        public Set<Discrepancy> disputes() {
            Set<Discrepancy> disputes = new HashSet<>(copied.disputes(head));
            if (dead && stopped == null && head.registered()) {
                disputes.add(new Discrepancy(head.id(), Contradiction.ALLOWANCE));
            }
            return disputes;
        }
    }

    static Register<Family> register() {
        return Register.ofPeople(
                AgencyTable.ALLOWANCE,
                COLUMNS,
                Speech.of("hzgmsfhm", "ybzje", new BigDecimal("777.70")).naming("hzxm", "full_name"),
                (generator, person) -> Stream.of(person)
                        .filter(head -> head.place().position() == 0
                                && new Dice(generator.seed(), "allowance", head.index()).percent(8))
                        .map(head -> family(generator.seed(), head)));
    }

    private static Family family(long seed, Person head) {
        Copied copied = Copied.draw(seed, AgencyTable.ALLOWANCE, head.index());
        LocalDate stopped = stopped(new Dice(seed, "allowance stopped", head.index()));
        return new Family(head, copied, Police.dead(seed, head), stopped);
    }

    /** The head of a family, as a person of the province. */
    static int head(Row family) {
        return Integer.parseInt(family.text("jtbh").substring("D530102".length()));
    }

    /** Before 1999 numbers had no century and no check digit. */
    private static String number(Person head, Dice dice) {
        String id = head.id();
        boolean old = id.startsWith("19", 6) && dice.percent(10);
        return old ? id.substring(0, 6) + id.substring(8, 17) : id;
    }

    private static @Nullable LocalDate stopped(Dice dice) {
        return dice.percent(10) ? Population.TODAY.minusDays(dice.below(900)) : null;
    }
}
