package io.tongdao.ops.province;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;

/** What happens in the insurance register: jobs, contributions, copies of names that go wrong and are corrected. */
final class InsuranceScenes {
    private static final String ID = "gmsfhm";
    private static final String NAME = "xm";
    private final Generator generator;
    private final Cast cast;
    private final Stage stage;

    InsuranceScenes(Generator generator, Cast cast, Stage stage) {
        this.generator = generator;
        this.cast = cast;
        this.stage = stage;
    }

    void play() {
        for (int i = 0; i < 4; i++) {
            disagree(i < 3);
            settle();
            changeJob(i);
            newMobile(i);
        }
        for (int i = 0; i < 2; i++) {
            respell();
            enrol(i);
            end(i);
            goBad(i == 0);
            swapPeople(i == 0);
            leaveAndReturn(i);
            changePrimaryKey();
            raise();
        }
    }

    private void disagree(boolean corrected) {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Row row = m.insuranceRow();
            Row wrong = row.with(NAME, Names.misheard(m.person().name()));
            stage.update(1, "an insurance copy gets a wrong name", row, wrong, Effect.opens(m.id()));
            if (corrected) {
                stage.update(3, "the wrong name is corrected", wrong, row, Effect.closes(m.id()));
            }
        });
    }

    /** A disagreement that was there from the start. */
    private void settle() {
        cast.find(m -> m.person().blemish() == Blemish.INSURANCE_NAME
                        && m.insurance().size() == 1)
                .ifPresent(m -> stage.update(
                        2,
                        "an old name is brought up to date",
                        m.insuranceRow(),
                        m.insuranceRow().with(NAME, m.person().name()),
                        Effect.closes(m.id())));
    }

    private void respell() {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            String name = Names.respelt(
                    m.person().name(), new Dice(1, "respell", m.person().index()));
            stage.update(
                    2,
                    "a name is written with other spaces or dots",
                    m.insuranceRow(),
                    m.insuranceRow().with(NAME, name));
        });
    }

    private void changeJob(int round) {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Enterprise employer = generator.market().enterprise(3 + 7 * round);
            Row row = m.insuranceRow()
                    .with("dwtyshxydm", employer.code())
                    .with("dwmc", employer.name())
                    .with("zjjfny", "20260" + (7 + round % 2));
            stage.update(1 + round, "a person changes jobs", m.insuranceRow(), row);
        });
    }

    private void newMobile(int round) {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Row row = m.insuranceRow();
            stage.update(1 + round, "a mobile number changes", row, row.with("sjhm", "1990000000" + round));
        });
    }

    private void raise() {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Row row = m.insuranceRow();
            Row raised = row.with("jfjs", new BigDecimal("12345.67")).with("zjjfny", "202607");
            stage.update(2, "a contribution is raised", row, raised);
            stage.update(3, "a row is written unchanged", raised, raised);
        });
    }

    private void enrol(int round) {
        cast.find(m -> m.adult() && m.insurance().isEmpty()).ifPresent(m -> {
            Dice dice = new Dice(generator.seed(), "enrol", round);
            Row row = generator
                    .insurance()
                    .row(m.person(), Insurance.PENSION, Insurance.ACTIVE, YearMonth.of(2026, 7), true, dice);
            stage.insert(1, "a person is enrolled", row);
            if (round == 1) {
                stage.delete(4, "the enrolment is taken back", row);
            }
        });
    }

    private void end(int round) {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Row row = m.insuranceRow();
            if (round == 0) {
                stage.update(3, "an insurance ends", row, row.with("cbzt", "3"));
            } else {
                stage.delete(3, "an insurance row is deleted", row);
            }
        });
    }

    private void goBad(boolean mended) {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Row row = m.insuranceRow();
            Row bad = row.with(ID, mended ? Numbers.wrongCheck(m.id()) : "");
            stage.update(
                    2, "an insurance row loses its valid number", row, bad, Effect.badRows(AgencyTable.INSURANCE, 1));
            if (mended) {
                stage.update(4, "the insurance row is mended", bad, row, Effect.badRows(AgencyTable.INSURANCE, -1));
            }
        });
    }

    /** Here no constraint stands in the way: two updates exchange the numbers. */
    private void swapPeople(boolean undone) {
        List<Member> pair = cast.find(List.of(Member::insuredOnce, Member::insuredOnce));
        if (pair.isEmpty()
                || pair.get(0).person().name().equals(pair.get(1).person().name())) {
            return;
        }
        Row a = pair.get(0).insuranceRow();
        Row b = pair.get(1).insuranceRow();
        Row swappedA = a.with(ID, b.get(ID));
        Row swappedB = b.with(ID, a.get(ID));
        String[] both = {pair.get(0).id(), pair.get(1).id()};
        String title = "two insurance rows exchange their numbers";
        stage.step(1, title, a, Effect.opens(both), Change.update(a, swappedA), Change.update(b, swappedB));
        if (undone) {
            stage.step(
                    4, title + " back", a, Effect.closes(both), Change.update(swappedB, b), Change.update(swappedA, a));
        }
    }

    private void leaveAndReturn(int round) {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Row row = m.insuranceRow();
            if (round == 0) {
                stage.delete(1, "an insurance row is deleted", row);
                stage.insert(2, "the insurance row comes back under its key", row.with("cbzt", "2"));
            } else {
                stage.step(
                        3,
                        "an insurance row is deleted and inserted in one transaction",
                        row,
                        Effect.NONE,
                        Change.delete(row),
                        Change.insert(row.with("cbzt", "2")));
            }
        });
    }

    private void changePrimaryKey() {
        cast.find(Member::insuredOnce).ifPresent(m -> {
            Row row = m.insuranceRow();
            stage.update(
                    2,
                    "an insurance number is replaced",
                    row,
                    row.with("grsbbh", "54" + row.text("grsbbh").substring(2)));
        });
    }
}
