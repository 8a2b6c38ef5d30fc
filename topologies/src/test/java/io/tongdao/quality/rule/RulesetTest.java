package io.tongdao.quality.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.rule.RowRule;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesetTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Map<String, ItemType> TYPES = types();
    private static final List<RowRule> RULES = List.of(
            new RowRule.Standard("sex", "", "GB/T 2261.1"),
            new RowRule.Division("division", ""),
            new RowRule.Identifies("employer", ""),
            new RowRule.Addressed("number", ""),
            new RowRule.Addressed("employer", ""),
            new RowRule.Required("name", ""),
            new RowRule.Unique("certificate", ""),
            new RowRule.Agrees("sex", "", "number", RowRule.Says.SEX),
            new RowRule.Agrees("born", "", "number", RowRule.Says.BIRTH_DATE),
            new RowRule.Holds("after_birth", "", "born < registered"),
            new RowRule.Timely("registered", "", Period.ofDays(30)));
    private static final DatasetPlan DATASET = dataset();

    @ParameterizedTest
    @CsvSource({
        "format.sex, sex, 1, KEPT",
        "format.sex, sex, 7, BROKEN",
        "format.sex, sex, , NOT_ASKED",
        "format.division, division, 530102, KEPT",
        "format.division, division, 530122, KEPT",
        "format.division, division, 539999, BROKEN",
        "format.division, division, 110101, KEPT",
        "format.employer, employer, 91530100525943511Y, KEPT",
        "format.employer, employer, 91530100525943511Z, BROKEN",
        "format.number@division, number, 530102199003071238, KEPT",
        "format.number@division, number, 530122199003071233, KEPT",
        "format.number@division, number, 539999199003071239, BROKEN",
        "format.number@division, number, 810000199003071237, KEPT",
        "format.number@division, number, , NOT_ASKED",
        "format.employer@division, employer, 91530100525943511Y, BROKEN",
        "format.employer@division, employer, 915399995259435115, BROKEN",
        "format.employer@division, employer, 91110000525943511N, KEPT",
        "format.employer@division, employer, 91530100525943511Z, NOT_ASKED",
        "completeness.name, name, 张三, KEPT",
        "completeness.name, name, ' ', BROKEN",
        "completeness.name, name, , BROKEN",
        "consistency.sex@number, sex, 1, KEPT",
        "consistency.sex@number, sex, 2, BROKEN",
        "consistency.sex@number, sex, 9, NOT_ASKED",
        "consistency.born@number, born, 1990-03-07, KEPT",
        "consistency.born@number, born, 1990-03-08, BROKEN",
        "consistency.born@number, number, G12345678, NOT_ASKED",
        "consistency.after_birth, registered, 2026-01-31, KEPT",
        "consistency.after_birth, registered, 1990-03-07, BROKEN",
        "consistency.after_birth, registered, , NOT_ASKED",
        "timeliness.registered, registered, 2026-01-30, KEPT",
        "timeliness.registered, registered, 2026-01-29, BROKEN",
    })
    void judges(String rule, String item, String value, Judgement expected) {
        // Given
        Ruleset rules = Ruleset.of(plan(RULES), DATASET, DAY);
        GenericRecord row = row();
        put(row, item, value);
        // When
        Verdict verdict = rules.judge(row, Instant.parse("2026-03-01T15:59:59Z"));
        // Then
        int number = rules.ids().indexOf(rule);
        Judgement judgement = !verdict.asked().get(number)
                ? Judgement.NOT_ASKED
                : Judgement.kept(!verdict.broken().get(number));
        assertThat(judgement).isEqualTo(expected);
    }

    @Test
    void whatIsNotNewIsNotLate() {
        // Given
        Ruleset rules = Ruleset.of(plan(RULES), DATASET, DAY);
        GenericRecord row = row();
        put(row, "registered", "2020-01-01");
        // When
        Verdict verdict = rules.judge(row, null);
        // Then
        assertThat(verdict.asked().get(rules.ids().indexOf("timeliness.registered")))
                .isFalse();
    }

    @Test
    void onlyWhatIsAskedIsEverBroken() {
        // Given
        Ruleset rules = Ruleset.of(plan(RULES), DATASET, DAY);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> items = List.copyOf(TYPES.keySet());
        List<String> texts = List.of("1", "7", "530102", "x", "", "530102199003071238", "91530100525943511Y");
        for (int round = 0; round < 2_000; round++) {
            GenericRecord row = row();
            for (int changes = random.nextInt(5); changes > 0; changes--) {
                String item = items.get(random.nextInt(items.size()));
                boolean date = TYPES.get(item) instanceof ItemType.Date;
                String value = date
                        ? LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000).toString()
                        : texts.get(random.nextInt(texts.size()));
                put(row, item, random.nextInt(4) == 0 ? null : value);
            }
            // When
            Verdict verdict = rules.judge(row, random.nextBoolean() ? Instant.EPOCH : null);
            // Then
            var notAsked = (java.util.BitSet) verdict.broken().clone();
            notAsked.andNot(verdict.asked());
            assertThat(notAsked.isEmpty()).as("seed %d round %d", seed, round).isTrue();
            assertThat(verdict.asked().get(rules.ids().indexOf("uniqueness.certificate")))
                    .as("one row alone says nothing of others")
                    .isFalse();
        }
    }

    @Test
    void anotherVersionOfAStandardIsAnotherRuleset() {
        // When
        Ruleset before = Ruleset.of(plan(RULES), DATASET, LocalDate.of(2003, 11, 30));
        Ruleset after = Ruleset.of(plan(RULES), DATASET, DAY);
        Ruleset same = Ruleset.of(plan(RULES), DATASET, DAY.plusDays(1));
        // Then
        assertThat(after.version()).isNotEqualTo(before.version()).isEqualTo(same.version());
    }

    private static GenericRecord row() {
        GenericRecord row = new GenericData.Record(DATASET.topic().schema());
        put(row, "number", "530102199003071238");
        put(row, "sex", "1");
        put(row, "born", "1990-03-07");
        put(row, "registered", "2026-02-15");
        put(row, "name", "张三");
        put(row, "certificate", "9001");
        return row;
    }

    private static void put(GenericRecord row, String item, String value) {
        boolean date = TYPES.get(item) instanceof ItemType.Date;
        row.put(item, value == null ? null : date ? (int) LocalDate.parse(value).toEpochDay() : (Object) value);
    }

    private static Map<String, ItemType> types() {
        Map<String, ItemType> types = new LinkedHashMap<>();
        types.put("number", new ItemType.CitizenIdType());
        types.put("sex", new ItemType.Code("GB/T 2261.1"));
        types.put("division", new ItemType.DivisionType());
        types.put("employer", new ItemType.CreditCodeType());
        types.put("name", new ItemType.Text(50));
        types.put("certificate", new ItemType.Text(20));
        types.put("born", new ItemType.Date());
        types.put("registered", new ItemType.Date());
        return types;
    }

    private static DatasetPlan dataset() {
        Map<String, ItemPlan> items = new LinkedHashMap<>();
        TYPES.forEach((name, type) ->
                items.put(name, new ItemPlan(name, name, name, type, 1, Mask.KEEP, ShareClass.CONDITIONAL)));
        return new DatasetPlan(
                "ga.people",
                "ga",
                "people",
                "",
                "ga-db",
                "public.people",
                List.of(new SubjectPlan("", SubjectKind.PERSON, "number", Map.of())),
                List.of(),
                "",
                items,
                new Topic("src.ga.people", 1, Policy.KEYED, RecordSchemas.src("ga", "people", "", items.values())));
    }

    private static Plan plan(List<RowRule> rules) {
        var old = new StandardPlan.Version(
                "1980",
                LocalDate.of(1980, 12, 1),
                LocalDate.of(2003, 11, 30),
                false,
                Map.of("1", "", "2", ""),
                List.of());
        var present = new StandardPlan.Version(
                "2003", LocalDate.of(2003, 12, 1), LocalDate.MAX, false, Map.of("1", "", "2", "", "9", ""), List.of());
        return new Plan(
                Map.of(DATASET.id(), DATASET),
                Map.of(),
                Map.of(),
                Map.of(SubjectKind.PERSON, 1),
                Map.of(),
                new Divisions(
                        Map.of("530000", "云南省", "530102", "五华区"),
                        Map.of("530102", "530000"),
                        Map.of(),
                        Set.of("530122")),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(
                        "GB/T 2261.1",
                        new StandardPlan("GB/T 2261.1", "", StandardPlan.Kind.CODES, List.of(old, present))),
                Map.of(),
                Map.of(DATASET.id(), rules),
                Map.of());
    }
}
