package io.tongdao.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
    private static final Set<Mask> TEXT =
            Set.of(Mask.KEEP, Mask.DROP, Mask.SURNAME, Mask.ID6_4, Mask.LAST4, Mask.PHONE3_4, Mask.COUNTY, Mask.TOKEN);
    private static final Set<Mask> DATED = Set.of(Mask.KEEP, Mask.DROP, Mask.YEAR, Mask.BAND);
    private static final Set<Mask> NUMBER = Set.of(Mask.KEEP, Mask.DROP, Mask.BAND, Mask.ROUND);
    private static final Map<ItemType, Set<Mask>> FITTING = Map.ofEntries(
            Map.entry(new ItemType.Text(20), TEXT),
            Map.entry(new ItemType.CitizenIdType(), TEXT),
            Map.entry(new ItemType.CreditCodeType(), TEXT),
            Map.entry(new ItemType.DocumentType(20), TEXT),
            Map.entry(new ItemType.DivisionType(), Set.of(Mask.KEEP, Mask.DROP, Mask.COUNTY, Mask.TOKEN)),
            Map.entry(new ItemType.Code("GB/T 2261.1"), Set.of(Mask.KEEP, Mask.DROP, Mask.TOKEN)),
            Map.entry(new ItemType.Date(), DATED),
            Map.entry(new ItemType.Timestamp(), DATED),
            Map.entry(new ItemType.Int(), NUMBER),
            Map.entry(new ItemType.BigInt(), NUMBER),
            Map.entry(new ItemType.Decimal(18, 2), NUMBER),
            Map.entry(new ItemType.Bool(), Set.of(Mask.KEEP, Mask.DROP)));

    @Test
    void aMaskFitsWhereItMeansSomething() {
        // When / Then
        FITTING.forEach(
                (type, fitting) -> assertThat(Arrays.stream(Mask.values()).filter(mask -> mask.fits(type)))
                        .as("%s", type)
                        .containsExactlyInAnyOrderElementsOf(fitting));
    }

    @Test
    void aMaskedItemOfAFittingTypeHasAnAvroType() {
        // When / Then
        FITTING.forEach((type, fitting) ->
                fitting.forEach(mask -> assertThat(mask.output(type).avro()).isNotNull()));
        assertThat(Mask.YEAR.output(new ItemType.Date())).isEqualTo(new ItemType.Int());
        assertThat(Mask.KEEP.output(new ItemType.Date())).isEqualTo(new ItemType.Date());
    }

    @Test
    void tightnessIsAPartialOrderBetweenKeepAndDrop() {
        // Given
        List<Mask> masks = List.of(Mask.values());
        // When / Then
        for (Mask a : masks) {
            assertThat(a.atLeastAsTightAs(a)).isTrue();
            assertThat(a.atLeastAsTightAs(Mask.KEEP)).isTrue();
            assertThat(Mask.DROP.atLeastAsTightAs(a)).isTrue();
            for (Mask b : masks) {
                assertThat(a != b && a.atLeastAsTightAs(b) && b.atLeastAsTightAs(a))
                        .as("%s and %s", a, b)
                        .isFalse();
                masks.stream()
                        .filter(c -> a.atLeastAsTightAs(b) && b.atLeastAsTightAs(c))
                        .forEach(c -> assertThat(a.atLeastAsTightAs(c)).isTrue());
            }
        }
    }

    @Test
    void aTokenIsNoTighterThanASurname() {
        // When / Then
        assertThat(Mask.TOKEN.atLeastAsTightAs(Mask.SURNAME)).isFalse();
        assertThat(Mask.BAND.atLeastAsTightAs(Mask.YEAR)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "KEEP,4,3,2,1",
        "ID6_4,4,3,2,1",
        "PHONE3_4,4,3,2,1",
        "SURNAME,3,2,2,1",
        "LAST4,3,2,2,1",
        "COUNTY,3,2,2,1",
        "YEAR,3,2,2,1",
        "ROUND,3,2,2,1",
        "BAND,2,2,2,1",
        "TOKEN,2,2,2,1",
        "DROP,1,1,1,1",
    })
    void lowersALevelByWhatItHides(Mask mask, int of4, int of3, int of2, int of1) {
        assertThat(List.of(mask.level(4), mask.level(3), mask.level(2), mask.level(1)))
                .containsExactly(of4, of3, of2, of1);
    }

    @Test
    void whatIsTighterIsNoHigher() {
        for (Mask a : Mask.values()) {
            for (Mask b : Mask.values()) {
                for (int level = 1; level <= 4; level++) {
                    if (a.atLeastAsTightAs(b)) {
                        assertThat(a.level(level))
                                .as("%s, %s of %d", a, b, level)
                                .isLessThanOrEqualTo(b.level(level));
                    }
                }
            }
        }
    }
}
