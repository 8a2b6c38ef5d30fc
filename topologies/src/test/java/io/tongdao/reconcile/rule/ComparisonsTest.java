package io.tongdao.reconcile.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.Divisions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonsTest {
    private static final Divisions DIVISIONS = new Divisions(Map.of(), Map.of(), Map.of("530121", "530114"));

    @ParameterizedTest
    @MethodSource
    void oneThingWrittenInTwoWays(Comparison how, Object a, Object b, boolean same) {
        // When
        boolean found = Comparisons.same(how, a, b, DIVISIONS);

        // Then
        assertThat(found).isEqualTo(same);
        assertThat(Comparisons.same(how, b, a, DIVISIONS))
                .as("the other way round")
                .isEqualTo(same);
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
                Arguments.of(Comparison.DIVISION, "530114", "530121", true),
                Arguments.of(Comparison.DIVISION, "530114", "530102", false),
                Arguments.of(Comparison.CODE, "k70", " K70", true),
                Arguments.of(Comparison.CODE, "10", "20", false),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云（科技）有限公司", "昆明云(科技) 有限公司", true),
                Arguments.of(Comparison.ORGANISATION_NAME, "ＡＢＣ【昆明】公司", "abc（昆明）公司", true),
                Arguments.of(Comparison.ORGANISATION_NAME, "昆明云(科技)有限公司", "昆明云科技有限公司", false));
    }
}
