package io.tongdao.ops.province;

import io.tongdao.ops.province.Truth.Discrepancy;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the checks of base databases find while the province lives: of each, something that goes wrong and is mended, something that stays
 * wrong, something that was wrong and is mended.
 */
final class CheckScenes {
    private static final String STOPPED = "tbrq";
    private final Generator generator;
    private final Cast cast;
    private final RegisterScenes registers;
    private final Stage stage;

    CheckScenes(Generator generator, Cast cast, RegisterScenes registers, Stage stage) {
        this.generator = generator;
        this.cast = cast;
        this.registers = registers;
        this.stage = stage;
    }

    void play() {
        household("sex", Blemish.POLICE_SEX, Contradiction.SEX, Contradiction::otherSex);
        household("birth date", Blemish.POLICE_BIRTH, Contradiction.BIRTH, Contradiction::otherBirth);
        allowance(true);
        allowance(false);
        endAllowance();
        play(new Check(
                AgencyTable.LORRY,
                "a lorry is scrapped",
                "a scrapped lorry's certificate ends",
                Contradiction.VEHICLE,
                row -> Hauliers.certificate(row.text("dlyszh")),
                row -> row.text("zjzt").equals("1") && row.text("jdczt").equals("1"),
                row -> row.with("jdczt", "2"),
                row -> row.with("zjzt", "2")));
        play(new Check(
                AgencyTable.STATE_PROPERTY,
                "an equity is wrong",
                "a wrong equity is taken out",
                Contradiction.EQUITY,
                row -> RightNumbers.normal(row.text("tyshxydm")),
                row -> true,
                Contradiction::otherEquity,
                row -> row.with("syzqy", null)));
    }

    private void household(String what, Blemish planted, String check, UnaryOperator<Row> wrong) {
        for (int round = 0; round < 2; round++) {
            boolean mended = round == 0;
            cast.find(Member::adult).ifPresent(m -> {
                Row row = m.householdRow();
                Discrepancy found = new Discrepancy(m.id(), check);
                stage.update(1, "a " + what + " is mistyped", row, wrong.apply(row), Effect.opens(found));
                if (mended) {
                    stage.update(3, "the " + what + " is corrected", wrong.apply(row), row, Effect.closes(found));
                }
            });
        }
        cast.find(m -> m.person().blemish() == planted).ifPresent(m -> {
            Row right = generator.police().row(m.person().plain()).orElseThrow();
            Discrepancy found = new Discrepancy(m.id(), check);
            stage.update(2, "a wrong " + what + " is corrected", m.householdRow(), right, Effect.closes(found));
        });
    }

    /** A head of a family dies; of two, one allowance ends. */
    private void allowance(boolean ends) {
        Predicate<Row> paid = row ->
                row.get(STOPPED) == null && Police.NORMAL.equals(household(row).get("hkzt"));
        registers.plain(AgencyTable.ALLOWANCE, paid).ifPresent(row -> {
            Row alive = household(row);
            Discrepancy found = new Discrepancy(alive.text("gmsfhm"), Contradiction.ALLOWANCE);
            Row dead = alive.with("hkzt", Police.DEAD);
            stage.update(1, "a head of a family on the allowance dies", alive, dead, Effect.opens(found));
            if (ends) {
                stage.update(3, "a dead person's allowance ends", row, ended(row), Effect.closes(found));
            }
        });
    }

    private void endAllowance() {
        registers.planted(AgencyTable.ALLOWANCE, Contradiction.ALLOWANCE).ifPresent(row -> {
            String subject = generator.person(Allowances.head(row)).id();
            Effect closes = Effect.closes(new Discrepancy(subject, Contradiction.ALLOWANCE));
            stage.update(2, "a dead person's allowance ends", row, ended(row), closes);
        });
    }

    private static Row ended(Row family) {
        return family.with(STOPPED, Population.TODAY.plusDays(1));
    }

    /** Of the head of a family who has nothing planted on them. */
    private Row household(Row family) {
        return generator.police().row(generator.person(Allowances.head(family))).orElseThrow();
    }

    /**
     * Something between the columns of one row.
     *
     * @param subject of the discrepancy, from the row
     * @param part whether a row can go wrong so
     * @param mend ends it without the row being as it was
     */
    private record Check(
            AgencyTable table,
            String opens,
            String closes,
            String item,
            Function<Row, String> subject,
            Predicate<Row> part,
            UnaryOperator<Row> wrong,
            UnaryOperator<Row> mend) {
        Discrepancy about(Row row) {
            return new Discrepancy(subject.apply(row), item);
        }
    }

    private void play(Check check) {
        for (int round = 0; round < 2; round++) {
            Optional<Row> found = registers.plain(check.table(), check.part());
            if (found.isPresent()) {
                Row row = found.get();
                Row wrong = check.wrong().apply(row);
                stage.update(1, check.opens(), row, wrong, Effect.opens(check.about(row)));
                if (round == 0) {
                    stage.update(3, check.closes(), wrong, check.mend().apply(wrong), Effect.closes(check.about(row)));
                }
            }
        }
        registers
                .planted(check.table(), check.item())
                .ifPresent(row ->
                        stage.update(2, check.closes(), row, check.mend().apply(row), Effect.closes(check.about(row))));
    }
}
