package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Pupils of primary and middle schools (教育, T06): each child of school age. Copies of the household register, some of them wrong. */
final class Pupils {
    static final Columns<Pupil> COLUMNS = Columns.<Pupil>keyedBy("xjh")
            .with("xjh", "varchar(19)", (p, dice) -> "G" + p.child().id())
            .with("gmsfhm", "varchar(20)", (p, dice) -> p.child().id())
            .with(
                    "xm",
                    "varchar(50)",
                    (p, dice) -> p.apart() ? p.guardian().name() : p.copied().name(p.child()))
            .with("xb", "char(1)", (p, dice) -> p.child().male() == p.sexWrong() ? "2" : "1")
            .with("csrq", "date", (p, dice) -> p.child().birth().plusDays(p.apart() ? 400 : p.birthWrong() ? 1 : 0))
            .with("mz", "varchar(2)", (p, dice) -> p.child().ethnicity())
            .with("xxbsm", "varchar(10)", (p, dice) -> "21" + p.child().county().code() + "0" + dice.below(10))
            .with("nj", "int", (p, dice) -> Math.min(12, p.child().age() - 5))
            .with("xjzt", "char(1)", (p, dice) -> dice.percent(97) ? "1" : "2")
            .with("jhrxm", "varchar(50)", (p, dice) -> p.guardian().name())
            .with("jhrlxdh", "varchar(11)", (p, dice) -> dice.percent(95) ? Insurance.mobile(dice) : null)
            .with("xzz", "varchar(200)", (p, dice) -> Police.address(p.child()));

    private static final int IN_THOUSAND = 1000;

    private Pupils() {}

    /** @param apart it is about somebody else, under the child's number */
    record Pupil(
            Person child,
            Person guardian,
            Copied copied,
            boolean sexWrong,
            boolean birthWrong,
            @Override boolean apart) implements Register.About {
        @Override
        public long index() {
            return child.index();
        }

        @Override
        public Set<Discrepancy> disputes() {
            if (apart || !child.registered()) {
                return Set.of();
            }
            Set<Discrepancy> disputes = new HashSet<>(ofHousehold());
            disputes.addAll(copied.disputes(child));
            if (sexWrong) {
                disputes.add(new Discrepancy(child.id(), "gender_code"));
            }
            if (birthWrong) {
                disputes.add(new Discrepancy(child.id(), "birth_date"));
            }
            return disputes;
        }

        /** The school has it right where the household register has not. */
        private Set<Discrepancy> ofHousehold() {
            return switch (child.blemish()) {
                case POLICE_SEX -> Set.of(new Discrepancy(child.id(), "gender_code"));
                case POLICE_BIRTH -> Set.of(new Discrepancy(child.id(), "birth_date"));
                default -> Set.of();
            };
        }
    }

    static Register<Pupil> register() {
        return Register.ofPeople(
                AgencyTable.PUPIL,
                COLUMNS,
                Speech.of("gmsfhm", "xjzt", "3").naming("xm", "full_name"),
                (generator, person) -> Stream.of(person)
                        .filter(child -> !child.adult() && child.age() >= 6)
                        .map(child -> pupil(generator, child)));
    }

    /** At most one item is wrong, but in a few rows that are about somebody else: they differ in name and birth date, and dispute nothing. */
    private static Pupil pupil(Generator generator, Person child) {
        int lot = new Dice(generator.seed(), "pupil", child.index()).below(IN_THOUSAND);
        boolean household = child.blemish().contradictsNumber();
        Copied copied = household ? Copied.RIGHT : Copied.draw(generator.seed(), AgencyTable.PUPIL, child.index());
        boolean one = copied != Copied.OUTDATED && !household;
        Person guardian = generator.housemate(child, 0);
        boolean apart = !household && lot >= 8 && lot < 12 && !guardian.name().equals(child.name());
        return new Pupil(child, guardian, copied, one && lot < 4, one && lot >= 4 && lot < 8, apart);
    }
}
