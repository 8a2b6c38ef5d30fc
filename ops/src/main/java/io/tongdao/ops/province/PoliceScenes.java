package io.tongdao.ops.province;

import io.tongdao.ops.province.Truth.Discrepancy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What happens in the household register: births, moves, deaths, other numbers, rows that go bad and are mended. */
final class PoliceScenes {
    private static final String WUHUA = "530102";
    private static final String ID = "gmsfhm";
    private final Generator generator;
    private final Cast cast;
    private final Stage stage;

    PoliceScenes(Generator generator, Cast cast, Stage stage) {
        this.generator = generator;
        this.cast = cast;
        this.stage = stage;
    }

    void play() {
        for (int i = 0; i < 3; i++) {
            arrive(i);
            move(i);
            changeNumber();
            goBad(i);
            swapNumbers(i);
            leaveAndReturn(i);
        }
        mend();
        rename();
        die();
        changePrimaryKey();
        bulk();
    }

    private void arrive(int round) {
        Person newcomer = round == 0 ? cast.newcomer(WUHUA) : cast.newcomer();
        Row row = row(newcomer);
        stage.insert(1 + round, "a birth is registered", row);
        if (round == 2) {
            stage.delete(4, "the registration is taken back", row);
        }
    }

    private void move(int round) {
        String[] titles = {"a person leaves Wuhua", "a person moves to Wuhua", "a person moves between counties"};
        int act = 1 + round;
        cast.find(m -> m.adult() && m.livesIn(WUHUA) == (round == 0)).ifPresent(m -> {
            County to = round == 1 ? County.of(WUHUA) : County.ALL.get(40 + round);
            Row moved = m.householdRow()
                    .with("hjqh", to.code())
                    .with("hjdz", Police.address(to, m.person().household()));
            stage.update(act, titles[round], m.householdRow(), moved);
        });
    }

    /** A number that was given twice is replaced; the insurance follows two acts later. */
    private void changeNumber() {
        cast.find(Member::insuredOnly).ifPresent(m -> {
            String number = otherNumber(m.person());
            Row insurance = m.insuranceRow();
            stage.update(
                    1,
                    "a citizen number is replaced",
                    m.householdRow(),
                    m.householdRow().with(ID, number));
            stage.update(3, "the insurance takes up the new number", insurance, insurance.with(ID, number));
        });
    }

    private void goBad(int round) {
        cast.find(Member::adult).ifPresent(m -> {
            Row bad = m.householdRow().with(ID, round == 0 ? null : Numbers.wrongCheck(m.id()));
            AgencyTable table = AgencyTable.HOUSEHOLD;
            stage.update(2, "a household row loses its valid number", m.householdRow(), bad, Effect.badRows(table, 1));
            if (round < 2) {
                stage.update(3, "the number is mended", bad, m.householdRow(), Effect.badRows(table, -1));
            }
        });
    }

    /** Bad rows that were there from the start. */
    private void mend() {
        for (int i = 0; i < 2; i++) {
            cast.find(m -> m.person().blemish().badHouseholdRow()
                            && m.person().blemish() != Blemish.POLICE_ENDLESS_BIRTH)
                    .ifPresent(m -> stage.update(
                            3,
                            "a bad household row is mended",
                            m.householdRow(),
                            m.householdRow().with(ID, m.id()),
                            Effect.badRows(AgencyTable.HOUSEHOLD, -1)));
        }
    }

    /**
     * Two rows exchange their numbers within one transaction; the insured pair disagrees with its insurance until it is undone, and every
     * pair with its numbers.
     */
    private void swapNumbers(int round) {
        boolean insured = round > 0;
        List<Member> pair = cast.find(
                List.of(insured ? Member::insuredOnly : Member::child, insured ? Member::insuredOnly : Member::child));
        if (pair.isEmpty()
                || pair.get(0).person().name().equals(pair.get(1).person().name())) {
            return;
        }
        Row a = pair.get(0).householdRow();
        Row b = pair.get(1).householdRow();
        Set<Discrepancy> found = new HashSet<>();
        for (Member member : pair) {
            if (insured) {
                found.add(new Discrepancy(member.id(), "full_name"));
            }
            if (!Contradiction.sameSex(a, b)) {
                found.add(new Discrepancy(member.id(), Contradiction.SEX));
            }
            if (!Contradiction.sameBirth(a, b)) {
                found.add(new Discrepancy(member.id(), Contradiction.BIRTH));
            }
        }
        swap(1, a, b, Effect.opens(found));
        if (round == 1) {
            swap(4, a.with(ID, b.get(ID)), b.with(ID, a.get(ID)), Effect.closes(found));
        }
    }

    private void swap(int act, Row a, Row b, Effect effect) {
        Row none = a.with(ID, null);
        Row other = b.with(ID, a.get(ID));
        stage.step(
                act,
                "two rows exchange their citizen numbers",
                a,
                effect,
                Change.update(a, none),
                Change.update(b, other),
                Change.update(none, a.with(ID, b.get(ID))));
    }

    private void leaveAndReturn(int round) {
        cast.find(Member::adult).ifPresent(m -> {
            Row row = m.householdRow();
            Row back = row.with("jzzdz", "云南省昆明市五华区翠湖东路" + (round + 1) + "号");
            if (round == 0) {
                stage.step(
                        2,
                        "a row is deleted and inserted in one transaction",
                        row,
                        Effect.NONE,
                        Change.delete(row),
                        Change.insert(back));
            } else {
                stage.delete(2, "a row is deleted", row);
                stage.insert(3, "the row comes back under its key", back);
            }
        });
    }

    /** The police are first to know a new name; of two, one insurance follows. */
    private void rename() {
        for (int i = 0; i < 2; i++) {
            boolean follows = i == 0;
            cast.find(Member::insuredOnly).ifPresent(m -> {
                Row row = m.householdRow();
                String name = Names.misheard(m.person().name());
                stage.update(
                        2,
                        "a person takes another name",
                        row,
                        row.with("cym", row.get("xm")).with("xm", name),
                        Effect.opens(m.id()));
                if (follows) {
                    stage.update(
                            4,
                            "the insurance takes up the name",
                            m.insuranceRow(),
                            m.insuranceRow().with("xm", name),
                            Effect.closes(m.id()));
                }
            });
        }
    }

    private void die() {
        for (int i = 0; i < 2; i++) {
            boolean erased = i == 1;
            cast.find(m -> m.adult() && m.insurance().isEmpty() && m.marriages().isEmpty())
                    .ifPresent(m -> {
                        Row row = m.householdRow();
                        stage.update(1, "a death is registered", row, row.with("hkzt", Police.DEAD));
                        if (erased) {
                            stage.delete(3, "the row of a dead person is deleted", row);
                        }
                    });
        }
    }

    private void changePrimaryKey() {
        for (int i = 0; i < 2; i++) {
            cast.find(Member::adult).ifPresent(m -> {
                Row row = m.householdRow();
                long key = 900_000_000L + m.person().index();
                stage.update(2, "a row's primary key changes", row, row.with("ryid", key));
            });
        }
    }

    private void bulk() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            cast.find(Member::child)
                    .ifPresent(m -> changes.add(Change.update(
                            m.householdRow(),
                            m.householdRow()
                                    .with("jzzdz", "云南省昆明市呈贡区春融街" + m.person().index() + "号"))));
        }
        if (!changes.isEmpty()) {
            Row about = row(generator.person(0));
            stage.step(
                    2,
                    "forty residence permits in one transaction",
                    about,
                    Effect.NONE,
                    changes.toArray(Change[]::new));
        }
    }

    private Row row(Person person) {
        return generator.police().row(person.plain()).orElseThrow();
    }

    /** With a sequence that the generator gives to nobody. */
    private static String otherNumber(Person person) {
        return Numbers.citizen(person.id().substring(0, 6), person.birth(), person.male() ? 999 : 0);
    }
}
