package io.tongdao.ops.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.contract.witness.Verification;
import io.tongdao.ops.exchange.PlanSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class LedgerSumsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
    private static final ReleasedUnder FIRST = under("a", 1, "ga.household_population", "full_name:keep");
    private static final ReleasedUnder SECOND = under("a", 2, "ga.household_population", "full_name:surname");

    @Test
    void tellsOfOneSubjectAloneAndOfEachEpochForItself() {
        // Given
        LedgerSums sums = new LedgerSums(under -> true);
        // When
        sums.page(page(FIRST, one("t1:me", 10, 20, 2, 0), one("t1:other", 5, 5, 7, 7)), "t1:me");
        sums.page(page(FIRST, one("t1:me", 5, 8, 1, 1)), "t1:me");
        sums.page(page(SECOND, one("t1:me", 40, 40, 1, 0)), "t1:me");
        sums.page(page(SECOND, one("t1:m", 1, 1, 1, 0)), "t1:me");
        // Then
        assertThat(sums.received())
                .containsExactly(
                        new LedgerAnswer.Received(FIRST, NOON.plusSeconds(5), NOON.plusSeconds(20), 3, 1),
                        new LedgerAnswer.Received(SECOND, NOON.plusSeconds(40), NOON.plusSeconds(40), 1, 0));
    }

    @Test
    void tellsOnlyOfWhatMayBeSeen() {
        // Given
        LedgerSums sums = new LedgerSums(SECOND::equals);
        // When
        sums.page(page(FIRST, one("t1:me", 10, 20, 2, 0)), "t1:me");
        sums.window(window(FIRST, 0, 9), LedgerStep.DAY, Instant.EPOCH);
        sums.window(window(SECOND, 0, 4), LedgerStep.DAY, Instant.EPOCH);
        // Then
        assertThat(sums.received()).isEmpty();
        assertThat(sums.released()).extracting(LedgerAnswer.Released::records).containsExactly(4L);
    }

    @Test
    void addsMinutesUpToTheStepThatIsAskedFor() {
        for (LedgerStep step : LedgerStep.values()) {
            // Given
            LedgerSums sums = new LedgerSums(under -> true);
            // When
            sums.window(window(FIRST, 0, 1), step, NOON);
            sums.window(window(FIRST, 0, 2), step, NOON);
            sums.window(window(FIRST, 60, 4), step, NOON);
            sums.window(window(FIRST, 3600, 8), step, NOON);
            sums.window(window(FIRST, 12 * 3600, 16), step, NOON);
            sums.window(window(FIRST, -60, 32), step, NOON);
            // Then
            List<Long> expected = switch (step) {
                case MINUTE -> List.of(3L, 4L, 8L, 16L);
                case HOUR -> List.of(7L, 8L, 16L);
                // noon and one in the afternoon in China, and its midnight
                case DAY -> List.of(15L, 16L);
            };
            assertThat(sums.released())
                    .as(step.name())
                    .extracting(LedgerAnswer.Released::records)
                    .isEqualTo(expected);
        }
    }

    @Test
    void tellsWhichItemsWereVerifiedAndNotWhatWasAnswered() {
        // Given
        LedgerSums sums = new LedgerSums(under -> true);
        // When
        sums.verification(verification(30, Map.of("full_name", "matches")));
        sums.verification(verification(10, Map.of("mobile", "differs")));
        // Then
        assertThat(sums.verified())
                .containsExactly(new LedgerAnswer.Verified(
                        "v", 1, "yb", NOON.plusSeconds(10), NOON.plusSeconds(30), 2, Set.of("full_name", "mobile")));
    }

    @Test
    void anEntryIsOfTheProvidersOfItsItemsWhateverHasBecomeOfTheGrant() {
        // Given
        Plan plan = PlanSource.compileToRead(Path.of("../avro/src/test/resources/catalogue/four-agencies"));
        LedgerProviders providers = new LedgerProviders(plan, Map.of());
        // When, Then
        assertThat(providers.of(FIRST)).containsExactly("ga");
        assertThat(providers.of(under("b", 1, "base.population", "marital_status:keep")))
                .contains("mz")
                .doesNotContain("hrss", "yb");
        assertThat(providers.of(under("b", 1, "gone.table", "x:keep"))).containsExactly("gone");
    }

    private static ReleasedUnder under(String grant, int epoch, String table, String items) {
        return new ReleasedUnder(grant, epoch, "share", "yb", "medical_insurance", table, "token", items);
    }

    private static Verification verification(int seconds, Map<String, String> answers) {
        return new Verification("id", NOON.plusSeconds(seconds), "v", 1, "yb", "by", "person", "t1:me", answers);
    }

    private static GenericRecord window(ReleasedUnder under, int seconds, long records) {
        GenericRecord window = ReleaseLedger.entry(ReleaseLedger.WINDOWS, under);
        window.put(ReleaseLedger.WINDOW_START, NOON.plusSeconds(seconds).toEpochMilli());
        window.put(ReleaseLedger.RECORDS, records);
        window.put(ReleaseLedger.TOMBSTONES, 0L);
        return window;
    }

    private static GenericRecord page(ReleasedUnder under, GenericRecord... subjects) {
        GenericRecord page = ReleaseLedger.entry(ReleaseLedger.SUBJECTS, under);
        page.put(ReleaseLedger.SUBJECTS_OF, new ArrayList<>(List.of(subjects)));
        return page;
    }

    private static GenericRecord one(String subject, int first, int last, long records, long tombstones) {
        GenericRecord one = new GenericData.Record(ReleaseLedger.SUBJECTS
                .schema()
                .getField(ReleaseLedger.SUBJECTS_OF)
                .schema()
                .getElementType());
        one.put(ReleaseLedger.SUBJECT, subject);
        one.put(ReleaseLedger.FIRST, NOON.plusSeconds(first).toEpochMilli());
        one.put(ReleaseLedger.LAST, NOON.plusSeconds(last).toEpochMilli());
        one.put(ReleaseLedger.RECORDS, records);
        one.put(ReleaseLedger.TOMBSTONES, tombstones);
        return one;
    }
}
