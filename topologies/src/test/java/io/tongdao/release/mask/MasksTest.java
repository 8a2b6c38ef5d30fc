package io.tongdao.release.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MasksTest {
    private static final byte[] MASTER =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final ItemType TEXT = new ItemType.Text(200);
    private static final Divisions DIVISIONS = new Divisions(
            Map.of("530000", "云南省", "530100", "昆明市", "530102", "五华区", "530103", "盘龙区", "530181", "安宁市"),
            Map.of("530100", "530000", "530102", "530100", "530103", "530100", "530181", "530100"),
            Map.of("530199", "530102"));
    private final Masks masks = new Masks(DIVISIONS, Tokens.of(MASTER, "yb", "medical_insurance"));

    @ParameterizedTest
    @CsvSource({
        "SURNAME,张三,张*",
        "SURNAME,王,*",
        "SURNAME,*,***",
        "SURNAME,欧阳修远,欧阳**",
        "SURNAME,欧阳,欧*",
        "SURNAME,阿依古丽·买买提,阿*******",
        "SURNAME,𠮷野家,𠮷**",
        "SURNAME,'',*",
        "ID6_4,530102199003071238,530102********1238",
        "ID6_4,53010219900307123X,530102********123X",
        "ID6_4,530102900307123,530102*****7123",
        "ID6_4,5301021238,***",
        "LAST4,J530102-2019-000123,***************0123",
        "LAST4,1234567,***",
        "PHONE3_4,13812341234,138****1234",
        "PHONE3_4,0871-63112345,0871*******45",
        "PHONE3_4,02063112345,020******45",
        "PHONE3_4,12345,***",
        "COUNTY,云南省昆明市五华区翠湖南路1号,云南省昆明市五华区***",
        "COUNTY,昆明市翠湖小区1号,昆明市***",
        "COUNTY,昆明市昆明市五华区,昆明市***",
        "COUNTY,五华区,五华区***",
        "COUNTY,五华区***,***",
        "COUNTY,某县某村,***",
    })
    void masksTextExactly(Mask mask, String value, String masked) {
        assertThat(masks.of(mask, "item", TEXT).apply(value)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "withheld",
            value = {
                "530102,云南省昆明市五华区",
                "530102001000,云南省昆明市五华区",
                "530199,云南省昆明市五华区",
                "530100,云南省昆明市",
                "999999,withheld",
                "53,withheld"
            })
    void namesTheCountyOfACode(String code, String county) {
        assertThat(masks.of(Mask.COUNTY, "hukou_division", new ItemType.DivisionType())
                        .apply(code))
                .isEqualTo(county);
    }

    @ParameterizedTest
    @CsvSource({
        "5230.50,5000..6000,5250.00",
        "0.00,0..1,0.05",
        "12000.00,10000..20000,12500.00",
        "5250.00,5000..6000,5150.00",
        "-42.10,-50..-40,-42.50"
    })
    void bandsAndRoundsDecimals(BigDecimal value, String band, BigDecimal rounded) {
        ItemType type = new ItemType.Decimal(12, 2);
        assertThat(masks.of(Mask.BAND, "income", type).apply(value)).isEqualTo(band);
        assertThat(masks.of(Mask.ROUND, "income", type).apply(value)).isEqualTo(rounded);
    }

    @Test
    void keepsOfADateTheYearOrTheDecade() {
        int day = (int) LocalDate.of(1990, 3, 7).toEpochDay();
        assertThat(masks.of(Mask.YEAR, "birth_date", new ItemType.Date()).apply(day))
                .isEqualTo(1990);
        assertThat(masks.of(Mask.BAND, "birth_date", new ItemType.Date()).apply(day))
                .isEqualTo("1990-1999");
    }

    @ParameterizedTest
    @EnumSource(names = "KEEP", mode = EnumSource.Mode.EXCLUDE)
    void neverGivesTextBack(Mask mask) {
        // Given
        long seed = System.nanoTime();
        Gen gen = new Gen(seed);
        MaskFunction function = masks.of(mask, "item", TEXT);
        for (int n = 0; n < 40_000; n++) {
            String value = gen.text(n % 40);
            // When
            Object masked = function.apply(value);
            // Then
            assertThat(masked).as("seed %d, case %d", seed, n).isNotEqualTo(value);
        }
    }

    @Test
    void neverGivesANumberBack() {
        // Given
        long seed = System.nanoTime();
        Gen gen = new Gen(seed);
        MaskFunction longs = masks.of(Mask.ROUND, "n", new ItemType.BigInt());
        MaskFunction decimals = masks.of(Mask.ROUND, "n", new ItemType.Decimal(38, 4));
        for (int n = 0; n < 40_000; n++) {
            long value = gen.number();
            BigDecimal decimal = BigDecimal.valueOf(value, 4);
            // When
            Object rounded = longs.apply(value);
            Object other = decimals.apply(decimal);
            // Then
            assertThat(rounded).as("seed %d, case %d", seed, n).isNotEqualTo(value);
            assertThat((BigDecimal) other)
                    .as("seed %d, case %d", seed, n)
                    .isNotNull()
                    .isNotEqualByComparingTo(decimal);
        }
    }

    @Test
    void withholdsWhatDoesNotFit() {
        // Given
        EnumSet<Mask> unfit = EnumSet.allOf(Mask.class);
        unfit.removeIf(mask -> mask.fits(new ItemType.Bool()) && mask != Mask.DROP);
        for (Mask mask : unfit) {
            // When
            Object masked = masks.of(mask, "flag", new ItemType.Bool()).apply(true);
            // Then
            assertThat(masked).as(mask.word()).isNull();
        }
    }

    @Test
    void withholdsWhereAMaskFails() {
        // When
        Object masked = masks.of(Mask.SURNAME, "name", TEXT).apply(42);
        // Then
        assertThat(masked).isNull();
    }

    @Test
    void bandSaysNoMoreThanRoundAndYear() {
        // Given
        MaskFunction band = masks.of(Mask.BAND, "birth_date", new ItemType.Date());
        for (int year = 1900; year < 2030; year++) {
            // When
            Object first = band.apply((int) LocalDate.of(year, 1, 1).toEpochDay());
            Object last = band.apply((int) LocalDate.of(year, 12, 31).toEpochDay());
            // Then
            assertThat(first).isEqualTo(last);
        }
    }
}
