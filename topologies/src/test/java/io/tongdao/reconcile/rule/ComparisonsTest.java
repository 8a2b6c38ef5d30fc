package io.tongdao.reconcile.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.BasePlan.Comparison.Level;
import io.tongdao.contract.plan.BasePlan.Comparison.Precision;
import io.tongdao.contract.plan.Divisions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonsTest {
    private static final Divisions DIVISIONS = new Divisions(
            Map.of(
                    "530000", "云南省",
                    "530100", "昆明市",
                    "530102", "五华区",
                    "530111", "官渡区",
                    "530114", "呈贡区",
                    "530300", "曲靖市",
                    "530400", "玉溪市",
                    "530402", "红塔区",
                    "530302", "城区",
                    "530403", "城区"),
            Map.of(
                    "530100", "530000", "530102", "530100", "530111", "530100", "530114", "530100", "530300", "530000",
                    "530400", "530000", "530402", "530400", "530302", "530300", "530403", "530400"),
            Map.of("530121", "530114"));
    private final Comparisons comparisons = new Comparisons(DIVISIONS);

    @ParameterizedTest
    @MethodSource
    void oneThingWrittenInTwoWays(Comparison how, Object a, Object b, boolean same) {
        // When
        boolean found = comparisons.same(how, a, b);

        // Then
        assertThat(found).isEqualTo(same);
        assertThat(comparisons.same(how, b, a)).as("the other way round").isEqualTo(same);
    }

    static Stream<Arguments> oneThingWrittenInTwoWays() {
        int day = (int) LocalDate.of(1990, 3, 7).toEpochDay();
        return Stream.of(
                Arguments.of(Comparison.EXACT, "张三", "张三", true),
                Arguments.of(Comparison.EXACT, "张三", "张 三", false),
                Arguments.of(Comparison.EXACT, new BigDecimal("8000.50"), new BigDecimal("8000.5"), true),
                Arguments.of(Comparison.EXACT, new BigDecimal("100"), new BigDecimal("1E+2"), true),
                Arguments.of(Comparison.HAN_NAME, "张三", " 张\u3000三 ", true),
                Arguments.of(Comparison.HAN_NAME, "张三", "张\u200b三\ufeff", true),
                Arguments.of(Comparison.HAN_NAME, "张三", "张山", false),
                Arguments.of(Comparison.HAN_NAME, "买买提\u00b7艾力", "买买提\u2022艾力", true),
                Arguments.of(Comparison.HAN_NAME, "买买提\u00b7艾力", "买买提\u30fb艾力", true),
                Arguments.of(Comparison.HAN_NAME, "买买提\u00b7艾力", "买买提\uff65艾力", true),
                Arguments.of(Comparison.HAN_NAME, "买买提\u00b7艾力", "买买提\u2027艾力", true),
                Arguments.of(Comparison.HAN_NAME, "买买提\u00b7艾力", "买买提\uff0e艾力", true),
                Arguments.of(Comparison.HAN_NAME, "买买提\u00b7艾力", "买买提.艾力", true),
                Arguments.of(Comparison.HAN_NAME, "买买提\u00b7艾力", "买买提艾力", false),
                Arguments.of(Comparison.HAN_NAME, "Anna Lee", "ＡＮＮＡ　ＬＥＥ", true),
                Arguments.of(Comparison.HAN_NAME, "\u9f8d", "\uf9c4", true),
                Arguments.of(Comparison.HAN_NAME, "葛\udb40\udd00三", "葛三", true),
                Arguments.of(Comparison.DATE, day, "19900307", true),
                Arguments.of(Comparison.DATE, day, "1990-03-07", true),
                Arguments.of(Comparison.DATE, day, day + 1, false),
                Arguments.of(Comparison.DATE, day, "不详", false),
                Arguments.of(date(Precision.MONTH), day, day + 20, true),
                Arguments.of(date(Precision.MONTH), day, day + 30, false),
                Arguments.of(date(Precision.YEAR), day, day + 200, true),
                Arguments.of(date(Precision.YEAR), day, day + 300, false),
                Arguments.of(Comparison.DATE, day, day * 86_400_000_000L + 3_600_000_000L, true),
                Arguments.of(Comparison.DATE, day, day * 86_400_000_000L - 1, false),
                Arguments.of(Comparison.DATE, -7370, -7370 * 86_400_000_000L + 1, true),
                Arguments.of(territory(Level.COUNTY), "530121", "530114", true),
                Arguments.of(territory(Level.COUNTY), "530114001", "530121", true),
                Arguments.of(territory(Level.COUNTY), "530100", "530114", false),
                Arguments.of(territory(Level.PREFECTURE), "530102", "530111", true),
                Arguments.of(territory(Level.PREFECTURE), "530102", "530402", false),
                Arguments.of(territory(Level.PREFECTURE), "530000", "530100", false),
                Arguments.of(territory(Level.PROVINCE), "530102", "530402", true),
                Arguments.of(territory(Level.TOWNSHIP), "530102001001", "530102001", true),
                Arguments.of(territory(Level.TOWNSHIP), "530102", "530102001", false),
                Arguments.of(number("0", "0"), new BigDecimal("1.50"), new BigDecimal("1.5"), true),
                Arguments.of(number("0", "0"), new BigDecimal("0.00"), 0, true),
                Arguments.of(number("0.01", "0"), new BigDecimal("1.50"), new BigDecimal("1.51"), true),
                Arguments.of(number("0.01", "0"), new BigDecimal("1.50"), new BigDecimal("1.511"), false),
                Arguments.of(number("0", "0.01"), 100L, 99, true),
                Arguments.of(number("0", "0.01"), 100L, 98, false),
                Arguments.of(number("0", "0.01"), -100L, 100, false),
                Arguments.of(Comparison.ADDRESS, "云南省昆明市五华区翠湖路１号", "五华区 翠湖路1号", true),
                Arguments.of(Comparison.ADDRESS, "昆明市五华区翠湖路1号（南院）", "云南省五华区翠湖路1号(南院)", true),
                Arguments.of(Comparison.ADDRESS, "五华区翠湖路1号", "五华区翠湖路2号", false),
                Arguments.of(Comparison.ADDRESS, "昆明市翠湖路1号", "五华区翠湖路1号", false),
                Arguments.of(Comparison.ADDRESS, "翠湖路1号", "五华区翠湖路1号", false),
                Arguments.of(Comparison.ADDRESS, "曲靖市城区1号", "玉溪市城区1号", false),
                Arguments.of(Comparison.ADDRESS, "城区1号", "玉溪市城区1号", false),
                Arguments.of(address(Level.COUNTY), "云南省昆明市五华区翠湖路1号", "五华区北京路9号", true),
                Arguments.of(address(Level.COUNTY), "五华区翠湖路1号", "官渡区翠湖路1号", false),
                Arguments.of(address(Level.COUNTY), "昆明市翠湖路1号", "昆明市北京路9号", false),
                Arguments.of(address(Level.PREFECTURE), "昆明市翠湖路1号", "五华区北京路9号", true),
                Arguments.of(address(Level.PREFECTURE), "云南省翠湖路1号", "五华区翠湖路1号", false),
                Arguments.of(address(Level.TOWNSHIP), "五华区华山街道翠湖路1号", "昆明市五华区华山街道办事处北京路", true),
                Arguments.of(address(Level.TOWNSHIP), "五华区华山街道翠湖路1号", "五华区护国街道翠湖路1号", false),
                Arguments.of(address(Level.TOWNSHIP), "五华区龙镇路1号", "五华区龙镇路2号", false),
                Arguments.of(address(Level.TOWNSHIP), "五华区镇雄路1号", "五华区镇南路1号", false),
                Arguments.of(Comparison.DIVISION, "530114", "530121", true),
                Arguments.of(Comparison.DIVISION, "530114", "530102", false),
                Arguments.of(Comparison.CODE, "k70", " K70", true),
                Arguments.of(Comparison.CODE, "10", "20", false),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云（科技）有限公司", "昆明云(科技) 有限公司", true),
                Arguments.of(Comparison.ORGANISATION_NAME, "ＡＢＣ【昆明】公司", "abc（昆明）公司", true),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云有限责任公司", "昆明云有限公司", true),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云股份有限公司", "昆明云股份公司", true),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云股份有限公司", "昆明云有限公司", false),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云有限责任公司", "昆明云公司", false),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云有限责任公司曲靖分公司", "昆明云有限公司曲靖分公司", false),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云(科技)有限公司", "昆明云科技有限公司", false));
    }

    /** What is compared is brought to one form once and for all, and neither order nor repetition matters. */
    @ParameterizedTest
    @MethodSource
    void everyComparisonIsSymmetricAndItsFormIsStable(Comparison how) {
        long seed = 20260302;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            // Given
            String a = address(random);
            String b = address(random);

            // When
            boolean same = comparisons.same(how, a, b);

            // Then
            assertThat(comparisons.same(how, b, a))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(same);
            assertThat(comparisons.same(how, a, a)).isTrue();
            if (!(how instanceof Comparison.Number)) {
                assertThat(same).isEqualTo(comparisons.normal(how, a).equals(comparisons.normal(how, b)));
            }
        }
    }

    static Stream<Comparison> everyComparisonIsSymmetricAndItsFormIsStable() {
        return Stream.of(
                Comparison.EXACT,
                Comparison.HAN_NAME,
                Comparison.ORGANISATION_NAME,
                Comparison.CODE,
                Comparison.DATE,
                Comparison.DIVISION,
                territory(Level.COUNTY),
                Comparison.ADDRESS,
                address(Level.PREFECTURE),
                address(Level.COUNTY),
                address(Level.TOWNSHIP),
                number("0.01", "0"));
    }

    private static String address(Random random) {
        StringBuilder text = new StringBuilder();
        for (String part : List.of("云南省", "昆明市", "五华区", " ", "华山街道", "翠湖路", "１号", "1号", "有限公司")) {
            if (random.nextInt(3) == 0) {
                text.append(part);
            }
        }
        return text.toString();
    }

    private static Comparison date(Precision precision) {
        return new Comparison.Day(precision);
    }

    private static Comparison territory(Level to) {
        return new Comparison.Territory(to);
    }

    private static Comparison address(Level to) {
        return new Comparison.Address(to);
    }

    private static Comparison number(String absolute, String relative) {
        return new Comparison.Number(new BigDecimal(absolute), new BigDecimal(relative));
    }
}
