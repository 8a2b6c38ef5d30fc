package io.tongdao.ops.province;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final int PEOPLE = 20_000;
    private final Generator generator = new Generator(7, PEOPLE);

    @Test
    void sameSeedSameProvinceAnotherSeedAnother() {
        for (AgencyTable table : AgencyTable.values()) {
            // Given
            List<List<Object>> rows = values(new Generator(7, 2_000), table);

            // When
            List<List<Object>> again = values(new Generator(7, 2_000), table);
            List<List<Object>> other = values(new Generator(8, 2_000), table);

            // Then
            assertThat(again).isEqualTo(rows);
            assertThat(other).isNotEqualTo(rows);
        }
    }

    @Test
    void everyPersonHasAValidNumberOfTheirOwn() {
        // Given
        Set<String> ids = new HashSet<>();

        // When
        generator.people(0, PEOPLE + Population.SPARE).forEach(person -> ids.add(person.id()));

        // Then
        assertThat(ids).hasSize(PEOPLE + Population.SPARE).allMatch(GeneratorTest::rightCitizen);
        assertThat(ids).anyMatch(id -> id.startsWith("530121"));
        assertThat(ids)
                .noneMatch(id -> id.startsWith("530121") && id.substring(6, 10).compareTo("2011") >= 0);
    }

    @Test
    void peopleLiveInAll129Counties() {
        // When
        Set<Object> counties =
                generator.rows(AgencyTable.HOUSEHOLD).map(r -> r.get("hjqh")).collect(Collectors.toSet());

        // Then
        assertThat(counties).hasSize(129);
    }

    /** A row that differs in name and in birth date or sex is about somebody else: nothing would be found that was planted on it. */
    @Test
    void noRowIsPlantedAsAboutSomebodyElse() {
        Generator large = new Generator(1, 200_000);
        large.registers()
                .forEach(register -> register.entries(large).forEach(entry -> {
                    Set<String> items = entry.disputes().stream()
                            .map(Truth.Discrepancy::item)
                            .collect(Collectors.toSet());
                    assertThat(items.contains("full_name")
                                    && (items.contains("birth_date") || items.contains("gender_code")))
                            .isFalse();
                }));
    }

    @Test
    void primaryAndUniqueKeysHold() {
        assertThat(keys(AgencyTable.HOUSEHOLD, "ryid")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.HOUSEHOLD, "gmsfhm")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.MARRIAGE, "zjzh")).doesNotHaveDuplicates().allMatch(k -> k.length() == 20);
        assertThat(keys(AgencyTable.INSURANCE, "grsbbh", "xzlx")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.ENTERPRISE, "ztbh")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.ENTERPRISE, "tyshxydm")).doesNotHaveDuplicates();
    }

    @Test
    void keysOfTheOtherRegistersHold() {
        for (AgencyTable table : AgencyTable.values()) {
            String[] key = table.key().toArray(String[]::new);
            assertThat(keys(table, key)).as("%s", table).doesNotHaveDuplicates().isNotEmpty();
        }
        assertThat(keys(AgencyTable.TAX, "nsrsbh")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.STATISTICS, "tyshxydm", "bgq")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.REAL_ESTATE, "bdcdyh")).allMatch(unit -> unit.length() == 28);
        assertThat(keys(AgencyTable.PERMIT, "xkzbh")).allMatch(permit -> permit.length() == 22);
    }

    /** The report's bars rest on it: two and a half to three rows a person. */
    @Test
    void allRegistersTogetherHaveAboutThreeRowsAPerson() {
        // When
        long rows = Arrays.stream(AgencyTable.values())
                .mapToLong(table -> generator.rows(table).count())
                .sum();

        // Then
        assertThat(rows).isBetween(PEOPLE * 5L / 2, PEOPLE * 3L);
    }

    @Test
    void aProvinceOfSomeAgenciesHasTheSameRows() {
        // Given
        Generator small = generator.only(List.of("ga.household_population", "jyt.student_enrolment"));

        // Then
        assertThat(small.tables()).containsExactly(AgencyTable.HOUSEHOLD, AgencyTable.PUPIL);
        assertThat(values(small, AgencyTable.PUPIL)).isEqualTo(values(generator, AgencyTable.PUPIL));
        assertThat(small.truth().badRows().keySet())
                .isEqualTo(Set.of("ga.household_population", "jyt.student_enrolment"));
    }

    @Test
    void registersTieInNoPlaceWhereTheLatestRowDecides() {
        assertThat(keys(AgencyTable.INSURANCE, "grsbbh", "zjjfny")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.MARRIAGE, "nfzjhm", "djrq")).doesNotHaveDuplicates();
        assertThat(keys(AgencyTable.MARRIAGE, "nvfzjhm", "djrq")).doesNotHaveDuplicates();
        assertThat(generator.rows(AgencyTable.MARRIAGE))
                .noneMatch(row -> Population.TODAY.isBefore((java.time.LocalDate) row.get("djrq")));
    }

    @Test
    void sharesAreThoseOfAProvince() {
        // When
        long insured = generator
                .rows(AgencyTable.INSURANCE)
                .map(r -> r.get("grsbbh"))
                .distinct()
                .count();
        Truth truth = generator.truth();

        // Then
        assertThat(insured).isBetween(8_500L, 11_500L);
        assertThat(truth.disagreements()).hasSizeBetween(300, 550);
        assertThat(truth.badRows())
                .containsOnlyKeys(Arrays.stream(AgencyTable.values())
                        .map(AgencyTable::dataset)
                        .toList());
        assertThat(truth.badRows().get("ga.household_population")).isBetween(15, 60);
        assertThat(truth.respelt()).isBetween(40, 200);
        assertThat(truth.unknownToPolice()).isPositive();
    }

    @Test
    void checkCharactersAreThoseOfTheStandards() {
        assertThat(Numbers.citizen("530102", java.time.LocalDate.of(1990, 3, 7), 123))
                .isEqualTo("530102199003071238");
        assertThat(Numbers.citizen("532101", "19651005", 2)).isEqualTo("53210119651005002X");
        assertThat(Numbers.registration("110108", 273465)).isEqualTo("110108002734659");
        assertThat(generator.market().enterprise(3).code()).matches("91[0-9]{6}MA[0-9A-HJ-NPQRTUWXY]{8}");
    }

    private List<String> keys(AgencyTable table, String... columns) {
        return generator
                .rows(table)
                .filter(row -> row.get(columns[0]) != null)
                .map(row -> Arrays.stream(columns).map(row::text).collect(Collectors.joining("|")))
                .toList();
    }

    private static List<List<Object>> values(Generator generator, AgencyTable table) {
        return generator.rows(table).map(row -> Arrays.asList(row.values())).toList();
    }

    private static boolean rightCitizen(String id) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (id.charAt(i) - '0') * weights[i];
        }
        return id.length() == 18 && id.charAt(17) == "10X98765432".charAt(sum % 11);
    }
}
