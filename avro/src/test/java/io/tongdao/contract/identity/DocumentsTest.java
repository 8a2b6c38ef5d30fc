package io.tongdao.contract.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Divisions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentsTest {
    private static final Divisions YUNNAN = new Divisions(
            Map.of("530000", "云南省", "530102", "五华区", "530114", "呈贡区"),
            Map.of("530102", "530000", "530114", "530000"),
            Map.of("530121", "530114"),
            Set.of("530121", "532100"));

    @ParameterizedTest
    @CsvSource({
        "530102199003071238, CITIZEN",
        "810000199408230021, HONG_KONG_RESIDENT",
        "820000198501010012, MACAO_RESIDENT",
        "830000199006150030, TAIWAN_RESIDENT",
        "953840198108030021, FOREIGN_RESIDENT"
    })
    void aPersonsNumberSaysWhoseItIs(String number, CitizenId.Holder holder) {
        assertThat(CitizenId.parse(number).map(CitizenId::holder)).isEqualTo(Parsed.valid(holder));
    }

    @Test
    void numbersThatNobodyIssuesAreRefused() {
        // Given: all 18-character numbers that begin so have a right check digit somewhere among these eleven
        for (String body : new String[] {"84000019900615003", "80000019900615003", "81010019900615003"}) {
            // When
            long accepted = "0123456789X"
                    .chars()
                    .filter(check -> CitizenId.parse(body + (char) check) instanceof Parsed.Valid)
                    .count();
            // Then
            assertThat(accepted).as(body.substring(0, 6)).isZero();
        }
        assertThat(CitizenId.parse("810000940823002")).isEqualTo(Parsed.invalid("id.prefix"));
    }

    @ParameterizedTest
    @CsvSource({
        "530102199003071238, ''",
        "53012119700101001X, ''",
        "110105194912310021, id.check-digit",
        "11010519491231002X, ''",
        "539999199003071232, id.check-digit"
    })
    void aRetiredOrForeignAddressCodeIsNothingToWarnOf(String number, String problem) {
        Parsed<CitizenId> parsed =
                CitizenId.parse(number).warnUnless(id -> YUNNAN.known(id.address()), CitizenId.ADDRESS_UNKNOWN);
        assertThat(parsed)
                .isEqualTo(
                        problem.isEmpty() ? Parsed.valid(new CitizenId(number)) : Parsed.<CitizenId>invalid(problem));
    }

    @Test
    void anUnknownAddressCodeOfTheOwnProvinceIsAWarningAndNeverARefusal() {
        // Given
        String number = "0123456789X"
                .chars()
                .mapToObj(check -> "53999919900307123" + (char) check)
                .filter(CitizenId::isExact)
                .findFirst()
                .orElseThrow();
        // When
        Parsed<CitizenId> parsed =
                CitizenId.parse(number).warnUnless(id -> YUNNAN.known(id.address()), CitizenId.ADDRESS_UNKNOWN);
        // Then
        assertThat(parsed).isEqualTo(new Parsed.Valid<>(new CitizenId(number), "id.address-unknown"));
        assertThat(parsed.map(CitizenId::address)).isEqualTo(new Parsed.Valid<>("539999", "id.address-unknown"));
        assertThat(YUNNAN.known("532100")).as("retired without a successor").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"FRA, FRA", "fr, FRA", "250, FRA", "ＦＲＡ, FRA", "CHN, CHN", "156, CHN", "004, AFG", "HKG, HKG"})
    void aCountryIsOneCountryHoweverItIsWritten(String written, String alpha3) {
        assertThat(Nationality.parse(written)).isEqualTo(Parsed.valid(alpha3));
    }

    @ParameterizedTest
    @EnumSource(DocumentKind.class)
    void noKindTakesAnEmptyNumber(DocumentKind kind) {
        assertThat(kind.key(" ", "", null)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void whatIsStoredIsTheCheckedFormAndAPermitKeepsItsIssue() {
        assertThat(DocumentKind.ORGANISATION_CODE.normal("71526726-x")).isEqualTo(Parsed.valid("71526726X"));
        assertThat(DocumentKind.CITIZEN_ID.normal("530102900307123")).isEqualTo(Parsed.valid("530102199003071238"));
        assertThat(DocumentKind.HMT_PERMIT.normal("h1234567801")).isEqualTo(Parsed.valid("H1234567801"));
        assertThat(DocumentKind.TAIWAN_PERMIT.normal("1234567")).isEqualTo(Parsed.invalid("permit.taiwan"));
    }

    @Test
    void documentsNeverShowInText() {
        assertThat(new HomeReturnPermit("H12345678")).hasToString("HomeReturnPermit[***]");
        assertThat(new TaiwanPermit("12345678")).hasToString("TaiwanPermit[***]");
        assertThat(new Passport("FRA", "12AB34567")).hasToString("Passport[***]");
        assertThat(new ForeignResidenceCard("CAN110180032401")).hasToString("ForeignResidenceCard[***]");
    }
}
