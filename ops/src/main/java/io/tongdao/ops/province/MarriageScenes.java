package io.tongdao.ops.province;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What happens in the marriage register: weddings, divorces, an annulment, names that are written wrong. */
final class MarriageScenes {
    private static final int FIRST_NUMBER = 9_000_000;
    private final Cast cast;
    private final Stage stage;
    private int entries;

    MarriageScenes(Cast cast, Stage stage) {
        this.cast = cast;
        this.stage = stage;
    }

    void play() {
        for (int i = 0; i < 4; i++) {
            wed(i);
            divorce(i);
            disagree(i < 3);
            settle();
        }
        annul();
        replaceCertificate();
        goBad();
    }

    private void wed(int round) {
        List<Member> couple = cast.find(List.of(
                m -> m.unmarried() && m.person().male(),
                m -> m.unmarried() && !m.person().male()));
        if (!couple.isEmpty()) {
            Row row = entry(CivilAffairs.WEDDING, couple, CivilAffairs.MARRIED);
            stage.insert(1 + round % 2, "a couple marries", row);
            if (round == 3) {
                stage.insert(
                        4, "the young couple divorces", entry(CivilAffairs.DIVORCE, couple, CivilAffairs.DIVORCED));
            }
        }
    }

    private void divorce(int round) {
        couple().ifPresent(couple -> {
            Row row = entry(CivilAffairs.DIVORCE, couple, CivilAffairs.DIVORCED);
            stage.insert(1 + round, "a couple divorces", row);
        });
    }

    private void disagree(boolean corrected) {
        cast.find(Member::husband).ifPresent(m -> {
            Row row = m.marriageRow();
            Row wrong = row.with("nfxm", Names.misheard(m.person().name()));
            stage.update(1, "the marriage register gets a wrong name", row, wrong, Effect.opens(m.id()));
            if (corrected) {
                stage.update(3, "the marriage register is corrected", wrong, row, Effect.closes(m.id()));
            }
        });
    }

    /** A disagreement that was there from the start. */
    private void settle() {
        cast.find(m -> m.person().blemish() == Blemish.MARRIAGE_NAME
                        && m.marriages().size() == 1)
                .ifPresent(m -> {
                    Row row = m.marriageRow();
                    Row right = row.with(
                            m.person().male() ? "nfxm" : "nvfxm", m.person().name());
                    stage.update(2, "the marriage register takes up a new name", row, right, Effect.closes(m.id()));
                });
    }

    private void annul() {
        couple().ifPresent(couple ->
                stage.delete(2, "a marriage is annulled", couple.getFirst().marriageRow()));
    }

    private void replaceCertificate() {
        couple().ifPresent(couple -> {
            Row row = couple.getFirst().marriageRow();
            String number = row.text("zjzh");
            stage.update(
                    3,
                    "a certificate gets another number",
                    row,
                    row.with("zjzh", number.substring(0, 13) + "8" + number.substring(14)));
        });
    }

    private void goBad() {
        couple().ifPresent(couple -> {
            Row row = couple.getFirst().marriageRow();
            Row bad = row.with("nvfzjhm", Numbers.wrongCheck(row.text("nvfzjhm")));
            stage.update(2, "a marriage row loses a valid number", row, bad, Effect.badRows(AgencyTable.MARRIAGE, 1));
            stage.update(4, "the marriage row is mended", bad, row, Effect.badRows(AgencyTable.MARRIAGE, -1));
        });
    }

    /** A husband and wife who are married once, with nothing planted on either. */
    private Optional<List<Member>> couple() {
        for (int attempt = 0; attempt < 50; attempt++) {
            Optional<Member> husband = cast.find(Member::husband);
            if (husband.isEmpty()) {
                return Optional.empty();
            }
            String wife = husband.get().marriageRow().text("nvfzjhm");
            Optional<Member> found = cast.find(
                    m -> m.id().equals(wife) && m.adult() && m.marriages().size() == 1);
            if (found.isPresent()) {
                return Optional.of(List.of(husband.get(), found.get()));
            }
        }
        return Optional.empty();
    }

    /** Dated after everything that was there from the start, each on a day of its own. */
    private Row entry(String type, List<Member> couple, String status) {
        LocalDate date = Population.TODAY.plusDays(1 + entries);
        return CivilAffairs.entry(
                type,
                FIRST_NUMBER + entries++,
                couple.get(0).person(),
                couple.get(1).person(),
                date,
                status);
    }
}
