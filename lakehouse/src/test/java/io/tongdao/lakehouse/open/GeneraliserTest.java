package io.tongdao.lakehouse.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rung by its table; and that a coarser rung never tells what a finer one of the same ladder does not. */
class GeneraliserTest {
    private static final Divisions DIVISIONS = new Divisions(
            Map.of(
                    "530000", "云南省", "530100", "昆明市", "530102", "五华区", "530103", "盘龙区", "532300", "楚雄彝族自治州", "532302",
                    "禄丰市"),
            Map.of("530100", "530000", "530102", "530100", "530103", "530100", "532300", "530000", "532302", "532300"),
            Map.of("532331", "532302"));
    private static final Generaliser GENERALISER = new Generaliser(DIVISIONS);

    @ParameterizedTest
    @CsvSource({
        "county, division, 530102, 530102",
        "county, division, 530102001, 530102",
        "county, division, 532331, 532302", // 禄丰县 is 禄丰市 now
        "county, division, 530100, 530100", // the prefecture's own
        "county, division, 110101, ", // of another province
        "county, division, 5301, ",
        "prefecture, division, 530103, 530100",
        "prefecture, division, 530000, 530000",
        "province, division, 532331, 530000",
        "county, credit_code, 91530102MA6K5XU123, 530102",
        "prefecture, credit_code, 91530102MA6K5XU123, 530100",
        "county, credit_code, ９１５３０１０２MA6K5XU123, 530102",
        "county, credit_code, 9153, ",
        "month, date, 2019-05-20, 2019-05",
        "year, date, 2019-05-20, 2019",
        "year, date, 0000-00-00, ",
        "band5, date, 2019-05-20, 2015-2019",
        "band5, date, 2020-01-01, 2020-2024",
        "band10, date, 1999-12-31, 1990-1999",
        "day, timestamp, 2019-05-20 13:14:15.5, 2019-05-20",
        "band10, timestamp, 2019-05-20 13:14:15, 2010-2019",
        "year, timestamp, yesterday, ",
        "band, int, 0, 0",
        "band, int, 7, '[7,8)'",
        "band, int, 587, '[500,600)'",
        "band, int, 999, '[900,1000)'",
        "band, int, -587, '(-600,-500]'",
        "band, int, many, ",
        "magnitude, int, 587, '[100,1000)'",
        "magnitude, int, 1, '[1,10)'",
        "magnitude, int, -1, '(-10,-1]'",
        "head3, code, A0164, A01",
        "head1, code, A0164, A",
        "head4, code, A01, A01",
        "drop, code, A01, ",
        "keep, code, A01, A01",
    })
    void aRungTells(String rung, String type, String value, String published) {
        assertThat(GENERALISER.on(Rung.valueOf(rung.toUpperCase(java.util.Locale.ROOT)), type(type), value))
                .isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({"0.05, '[0.05,0.06)', '[0.01,0.1)'", "1200.5000, '[1000,2000)', '[1000,10000)'", "0.0000, 0, 0"})
    void decimalsAreBandedByTheirFirstDigit(String value, String band, String magnitude) {
        ItemType decimal = new ItemType.Decimal(18, 4);
        assertThat(GENERALISER.on(Rung.BAND, decimal, value)).isEqualTo(band);
        assertThat(GENERALISER.on(Rung.MAGNITUDE, decimal, value)).isEqualTo(magnitude);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aCoarserRungIsAFunctionOfAFinerOne(ItemType type) {
        // Given
        SplittableRandom random = new SplittableRandom(11);
        List<Rung> rungs =
                Arrays.stream(Rung.values()).filter(rung -> rung.fits(type)).toList();
        Map<List<Object>, Object> coarser = new HashMap<>();
        // When, Then
        for (int n = 0; n < 3_000; n++) {
            String value = value(type, random);
            for (int fine = 0; fine < rungs.size(); fine++) {
                for (int coarse = fine + 1; coarse < rungs.size(); coarse++) {
                    String finer = String.valueOf(GENERALISER.on(rungs.get(fine), type, value));
                    String less = String.valueOf(GENERALISER.on(rungs.get(coarse), type, value));
                    Object before = coarser.putIfAbsent(List.of(fine, coarse, finer), less);
                    assertThat(before == null || before.equals(less))
                            .as("%s %s of %s", rungs.get(fine), rungs.get(coarse), value)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void numbersOfPeopleAndDocumentsHaveNoRung() {
        assertThat(Rung.values())
                .noneMatch(rung -> rung.fits(new ItemType.CitizenIdType()))
                .noneMatch(rung -> rung.fits(new ItemType.DocumentType(20, Document.BY_FORM)));
        assertThat(Rung.KEEP.fits(new ItemType.CreditCodeType())).isFalse();
    }

    static Stream<ItemType> types() {
        return Stream.of(
                type("division"),
                type("credit_code"),
                type("date"),
                type("timestamp"),
                type("int"),
                type("code"),
                new ItemType.Decimal(18, 4));
    }

    private static ItemType type(String word) {
        return switch (word) {
            case "division" -> new ItemType.DivisionType();
            case "credit_code" -> new ItemType.CreditCodeType();
            case "date" -> new ItemType.Date();
            case "timestamp" -> new ItemType.Timestamp();
            case "int" -> new ItemType.Int();
            default -> new ItemType.Code("X");
        };
    }

    private static String value(ItemType type, SplittableRandom random) {
        List<String> codes = List.of("530102", "530103", "530100", "532331", "532302", "530000", "110101", "53");
        String code = codes.get(random.nextInt(codes.size()));
        String day =
                java.time.LocalDate.ofEpochDay(random.nextInt(-20_000, 30_000)).toString();
        return switch (type) {
            case ItemType.DivisionType t -> code;
            case ItemType.CreditCodeType t -> "91" + code + "MA6K5XU123";
            case ItemType.Date t -> random.nextInt(9) == 0 ? "0000-00-00" : day;
            case ItemType.Timestamp t -> day + " 01:02:03";
            case ItemType.Int t -> Long.toString(random.nextInt() >> random.nextInt(32));
            case ItemType.Decimal t ->
                java.math.BigDecimal.valueOf(random.nextInt() >> random.nextInt(32), 4)
                        .toPlainString();
            default -> "ABC".charAt(random.nextInt(3)) + Integer.toString(random.nextInt(1_200));
        };
    }
}
