package io.tongdao.release.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MasksTest {
    private static final byte[] MASTER =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final int LONGEST = 64;
    private static final int ROUNDS = 150;
    private static final ItemType TEXT = new ItemType.Text(200);
    private static final List<ItemType> TEXTS =
            List.of(TEXT, new ItemType.CitizenIdType(), new ItemType.DocumentType(40), new ItemType.DivisionType());
    private static final Divisions DIVISIONS = new Divisions(
            Map.of("530000", "云南省", "530100", "昆明市", "530102", "五华区", "530103", "盘龙区", "530181", "安宁市"),
            Map.of("530100", "530000", "530102", "530100", "530103", "530100", "530181", "530100"),
            Map.of("530199", "530102"));
    private final Masks masks = new Masks(DIVISIONS, Tokens.of(MASTER, "yb", "medical_insurance"));

    @ParameterizedTest
    @CsvSource({
        "张三,张*",
        "王,*",
        "*,***",
        "'',*",
        "王小明,王**",
        "欧阳修远,欧阳**",
        "欧阳修,欧阳*",
        "欧阳,欧*",
        "第五伦,第五*",
        "阿依古丽·买买提,阿*******",
        "阿依古丽•买买提,阿*******",
        "欧阳·买买提,欧*****",
        "·买买提,·***",
        "John Smith,J*********",
        "𠮷野家,𠮷**",
        "欧阳𠮷,欧阳*",
        "𠮷,*",
        "E\u0301va,E\u0301**",
        "E\u0301,*",
        "葛\uDB40\uDD00城明,葛\uDB40\uDD00**",
        "\u0301张,\u0301*",
        "***,***\u002A",
    })
    void keepsTheSurname(String name, String masked) {
        assertThat(masks.of(Mask.SURNAME, "full_name", TEXT).apply(name)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "ID6_4,530102199003071238,530102********1238",
        "ID6_4,53010219900307123X,530102********123X",
        "ID6_4,53010219900307123x,530102********123X",
        "ID6_4,５３０１０２１９９００３０７１２３Ｘ,530102********123X",
        "ID6_4,530102900307123,530102*****7123",
        "ID6_4,53010290030712,***",
        "ID6_4,5301021238,***",
        "ID6_4,'',***",
        "ID6_4,𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋𠀌𠀍𠀎,𠀀𠀁𠀂𠀃𠀄𠀅*****𠀋𠀌𠀍𠀎",
        "LAST4,J530102-2019-000123,***************0123",
        "LAST4,H1234567801,*******7801",
        "LAST4,ｇ１２３４５６７８,*****5678",
        "LAST4,1234567e\u0301,****567E\u0301",
        "LAST4,12345678,****5678",
        "LAST4,1234567,***",
        "LAST4,'',***",
        "LAST4,云A12345,***",
        "LAST4,云AD12345,****2345",
    })
    void keepsTheEndsOfNumbers(Mask mask, String value, String masked) {
        assertThat(masks.of(mask, "number", TEXT).apply(value)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "13812341234,138****1234",
        "１３８１２３４１２３４,138****1234",
        "138-1234-1234,138****1234",
        "138 1234 1234,138****1234",
        "+8613812341234,138****1234",
        "+86-138 1234 1234,138****1234",
        "008613812341234,138****1234",
        "13812341234转8,138****1234-***",
        "0871-63112345,0871*******45",
        "0871－63112345,0871*******45",
        "087163112345,0871******45",
        "(0871)63112345,0871*******45",
        "（0871）6311 2345,0871********45",
        "+86 0871-63112345,0871*******45",
        "02063112345,020******45",
        "010-63112345,010*******45",
        "0872-2123456,0872******56",
        "63112345,******45",
        "6311234,*****34",
        "6311-2345,*******45",
        "0871-63112345-801,0871*******45-***",
        "0871-63112345转801,0871*******45-***",
        "0871-63112345 转分机 801,0871*******45-***",
        "0871-63112345ext.801,0871*******45-***",
        "63112345x801,******45-***",
        "6311234-5,*****34-***",
        "12345,***",
        "95588,***",
        "400-820-8820,***",
        "4008208820,***",
        "11112345,***",
        "011-63112345,***",
        "0871-631123456,***",
        "138123412345,***",
        "1381234123,***",
        "13812341234转,***",
        "13812341234转8017777,***",
        "13812341234张三,***",
        "+1 212 555 0100,***",
        "١٣٨١٢٣٤١٢٣٤,***",
        "'',***",
        "138****1234,***",
    })
    void keepsTheEndsOfTelephoneNumbers(String number, String masked) {
        assertThat(masks.of(Mask.PHONE3_4, "mobile", TEXT).apply(number)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "云南省昆明市五华区翠湖南路1号,云南省昆明市五华区***",
        "昆明市翠湖小区1号,昆明市***",
        "昆明市昆明市五华区,昆明市***",
        "五华区,五华区***",
        "五华区***,***",
        "某县某村,***",
        "𠮷县某村,***",
        "五华\u0301区1号,***",
        "'',***",
        "***,***\u002A",
    })
    void keepsTheCountyOfAnAddress(String address, String masked) {
        assertThat(masks.of(Mask.COUNTY, "hukou_address", TEXT).apply(address)).isEqualTo(masked);
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
    void neverGivesTextBackOfWhateverLength(Mask mask) {
        // Given
        long seed = System.nanoTime();
        Gen gen = new Gen(seed);
        for (ItemType type : TEXTS) {
            MaskFunction function = masks.of(mask, "item", type);
            for (int n = 0; n <= LONGEST * ROUNDS; n++) {
                String value = gen.text(n % (LONGEST + 1));
                // When
                Object masked = function.apply(value);
                // Then
                assertThat(masked).as("seed %d, case %d", seed, n).isNotEqualTo(value);
                assertThat(masked == null || mask.fits(type))
                        .as("%s of %s", mask, type)
                        .isTrue();
            }
        }
    }

    /** What comes of a mask, and comes in again, is nothing that a mask would let through either. */
    @ParameterizedTest
    @EnumSource(names = {"SURNAME", "ID6_4", "LAST4", "PHONE3_4", "COUNTY"})
    void neverGivesItsOwnResultBack(Mask mask) {
        // Given
        long seed = System.nanoTime();
        Gen gen = new Gen(seed);
        MaskFunction function = masks.of(mask, "item", TEXT);
        for (int n = 0; n <= LONGEST * ROUNDS; n++) {
            Object once = function.apply(gen.text(n % (LONGEST + 1)));
            // When
            Object twice = function.apply(once);
            // Then
            assertThat(twice).as("seed %d, case %d", seed, n).isNotNull().isNotEqualTo(once);
        }
    }

    /** At most these characters of a value show, however long it is. */
    @ParameterizedTest
    @CsvSource({"SURNAME,2", "ID6_4,10", "LAST4,4", "PHONE3_4,7"})
    void showsNoMoreThanItSays(Mask mask, int most) {
        // Given
        long seed = System.nanoTime();
        Gen gen = new Gen(seed);
        MaskFunction function = masks.of(mask, "item", TEXT);
        for (int n = 0; n <= LONGEST * ROUNDS; n++) {
            String value = gen.text(n % (LONGEST + 1));
            // When
            String masked = String.valueOf(function.apply(value));
            // Then
            String shown = masked.replace("-***", "").replaceAll("[*\\p{M}]", "");
            assertThat(shown.codePointCount(0, shown.length()))
                    .as("seed %d, case %d", seed, n)
                    .isLessThanOrEqualTo(most);
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
