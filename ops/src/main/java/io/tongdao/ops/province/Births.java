package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Certificates of birth (卫健, T05) of the children under ten who live with their mother, under the certificate's and the mother's number. */
final class Births {
    static final Columns<Birth> COLUMNS = Columns.<Birth>keyedBy("cszbh")
            .with("cszbh", "varchar(10)", (b, dice) -> "U53" + Numbers.digits(b.index(), 7))
            .with("xsexm", "varchar(50)", (b, dice) -> b.child().name())
            .with("xb", "char(1)", (b, dice) -> b.child().male() ? "1" : "2")
            .with("cssj", "timestamp", (b, dice) -> time(b, dice))
            .with("csqh", "varchar(6)", (b, dice) -> b.child().county().code())
            .with("cstz", "int", (b, dice) -> dice.between(2_300, 4_300))
            .with("yz", "int", (b, dice) -> dice.between(35, 41))
            .with("mqxm", "varchar(50)", (b, dice) -> b.copied().name(b.mother()))
            .with("mqsfzjhm", "varchar(20)", (b, dice) -> b.mother().id())
            .with("fqxm", "varchar(50)", (b, dice) -> b.father().name())
            .with("fqsfzjhm", "varchar(20)", (b, dice) -> b.father().id())
            .with("jsjgmc", "varchar(100)", (b, dice) -> b.child().county().name() + "妇幼保健院")
            .with("qfrq", "date", (b, dice) -> b.child().birth().plusDays(dice.below(60)));

    private static final int OLDEST = 9;
    private static final int MOTHER = 1;

    private Births() {}

    record Birth(Person child, Person mother, Person father, Copied copied) implements Register.About {
        @Override
        public long index() {
            return child.index();
        }

        @Override
        public Set<Discrepancy> disputes() {
            return copied.disputes(mother);
        }
    }

    static Register<Birth> register() {
        return Register.ofPeople(
                AgencyTable.BIRTH,
                COLUMNS,
                Speech.of("mqsfzjhm", "cstz", 3_333).naming("mqxm", "full_name"),
                Births::ofMother);
    }

    private static Stream<Birth> ofMother(Generator generator, Person person) {
        Place place = person.place();
        if (place.position() != MOTHER || !place.role().equals(Place.SPOUSE)) {
            return Stream.empty();
        }
        Copied copied = Copied.draw(generator.seed(), AgencyTable.BIRTH, person.index());
        Person father = generator.housemate(person, 0);
        return IntStream.range(MOTHER + 1, place.size())
                .filter(position -> person.index() - MOTHER + position < generator.people())
                .mapToObj(position -> generator.housemate(person, position))
                .filter(child -> !child.adult() && child.age() <= OLDEST)
                .map(child -> new Birth(child, person, father, copied));
    }

    private static LocalDateTime time(Birth birth, Dice dice) {
        return birth.child().birth().atTime(dice.below(24), dice.below(60), 30);
    }
}
