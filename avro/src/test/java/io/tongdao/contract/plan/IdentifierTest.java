package io.tongdao.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifierTest {
    private static final ItemType DOCUMENT = new ItemType.DocumentType(20);
    private static final ItemType TYPED = new ItemType.DocumentType(
            20,
            new Document(
                    null,
                    "id_type",
                    "country",
                    Map.of(
                            "111", DocumentKind.CITIZEN_ID,
                            "114", DocumentKind.UNCHECKED,
                            "414", DocumentKind.PASSPORT,
                            "511", DocumentKind.TAIWAN_PERMIT,
                            "516", DocumentKind.HMT_PERMIT,
                            "553", DocumentKind.FOREIGN_RESIDENCE,
                            "554", DocumentKind.HMT_RESIDENCE)));

    @ParameterizedTest
    @CsvSource({
        "530102199003071238, 530102199003071238",
        "530102900307123, 530102199003071238",
        "１１０１０５１９４９１２３１００２ｘ, 11010519491231002X",
        "810000199408230021, 810000199408230021",
        "h1234567801, permit:HMT:H12345678",
        "H12345678, permit:HMT:H12345678",
        "E12345678, passport:CHN:E12345678",
        "EA1234567, passport:CHN:EA1234567"
    })
    void aDocumentIsKeyedByItsKindUnlessItsNumberStandsAlone(String written, String key) {
        assertThat(person(DOCUMENT, written)).isEqualTo(Parsed.valid(key));
    }

    @ParameterizedTest
    @CsvSource({
        "12345678, id.length",
        "530102199003071239, id.check-digit",
        "'', id.empty",
        "军字第1号, id.length",
        "EI1234567, id.length",
        "X12345678, id.length"
    })
    void aDocumentOfNoKnownFormIsNotGuessed(String written, String code) {
        assertThat(person(DOCUMENT, written)).isEqualTo(Parsed.invalid(code));
    }

    @ParameterizedTest
    @CsvSource({
        "111, 530102900307123, , 530102199003071238",
        "511, 12345678, , permit:TWN:12345678",
        "516, M8765432102, , permit:HMT:M87654321",
        "414, E12345678, CHN, passport:CHN:E12345678",
        "414, H12345678, 156, passport:CHN:H12345678",
        "414, 12ab34567, FRA, passport:FRA:12AB34567",
        "414, 12ab34567, fr, passport:FRA:12AB34567",
        "414, 12AB34567, 250, passport:FRA:12AB34567",
        "553, 911124198108030024, , 911124198108030024",
        "553, can110180032401, , residence:CAN110180032401",
        "554, 830000199006150030, , 830000199006150030",
        "114, 军字第0123号, , document:114:军字第0123号",
        ", 530102199003071238, , 530102199003071238"
    })
    void theRowsOwnTypeCodeSaysHowItsNumberIsKeyed(
            @Nullable String code, String written, @Nullable String country, String key) {
        assertThat(of(SubjectKind.PERSON, TYPED, "").key(written, code, country))
                .isEqualTo(Parsed.valid(key));
    }

    @ParameterizedTest
    @CsvSource({
        "111, H12345678, , id.length",
        "511, 123456789, , permit.taiwan",
        "516, 12345678, , permit.hong-kong-macao",
        "414, E12345678, , nationality.empty",
        "414, E12345678, XYZ, nationality.unknown",
        "414, 123, FRA, passport.form",
        "414, 12AB34567, CHN, passport.form",
        "553, 530102199003071238, , document.other-kind",
        "554, 530102199003071238, , document.other-kind",
        "999, 530102199003071238, , document.type-unknown",
        ", E12345678, , document.type-missing",
        ", 12345678, , document.type-missing"
    })
    void whatDoesNotFitTheTypeThatTheRowNamesGetsNoKey(
            @Nullable String code, String written, @Nullable String country, String reason) {
        assertThat(of(SubjectKind.PERSON, TYPED, "").key(written, code, country))
                .isEqualTo(Parsed.invalid(reason));
    }

    @Test
    void theSameDocumentNumberOfTwoCountriesOrKindsIsTwoSubjects() {
        Identifier identifier = of(SubjectKind.PERSON, TYPED, "");
        assertThat(identifier.key("12345678", "414", "FRA"))
                .isNotEqualTo(identifier.key("12345678", "414", "DEU"))
                .isNotEqualTo(identifier.key("12345678", "511", null));
    }

    @Test
    void oldAndNewFormsOfAnOrganisationMeetAsFarAsNothingIsGuessed() {
        // Given
        Identifier credit = of(SubjectKind.ORGANISATION, new ItemType.CreditCodeType(), "");
        Identifier organisation = of(SubjectKind.ORGANISATION, fixed(DocumentKind.ORGANISATION_CODE), "");
        Identifier registration = of(SubjectKind.ORGANISATION, fixed(DocumentKind.REGISTRATION_NUMBER), "");
        // When
        Parsed<String> bare = credit.key("9144030071526726xg", null, null);
        // Then
        assertThat(bare).isEqualTo(Parsed.valid("9144030071526726XG"));
        assertThat(organisation.key("9144030071526726XG", null, null)).isEqualTo(bare);
        assertThat(registration.key("9144030071526726XG", null, null)).isEqualTo(bare);
        assertThat(organisation.key("71526726-x", null, null)).isEqualTo(Parsed.valid("org:71526726X"));
        assertThat(organisation.key("71526726X", null, null)).isEqualTo(Parsed.valid("org:71526726X"));
        assertThat(registration.key("110108002734659", null, null)).isEqualTo(Parsed.valid("reg:110108002734659"));
        assertThat(registration.key("110108002734658", null, null)).isEqualTo(Parsed.invalid("reg.check-digit"));
    }

    @Test
    void anotherCodeIsKeyedWithItsNameWhetherItIsTextOrANumber() {
        Identifier account = of(SubjectKind.OTHER, new ItemType.Int(), "pgbench_account");
        Identifier vehicle = of(SubjectKind.OTHER, new ItemType.BigInt(), "vehicle");
        Identifier parcel = of(SubjectKind.PLACE, new ItemType.Text(28), "parcel_code");
        assertThat(account.key(42, null, null)).isEqualTo(Parsed.valid("other:pgbench_account:42"));
        assertThat(vehicle.key(42L, null, null)).isEqualTo(Parsed.valid("other:vehicle:42"));
        assertThat(parcel.key(" 云a:1|2 ", null, null)).isEqualTo(Parsed.valid("place:parcel_code:云A%3A1%7C2"));
        assertThat(parcel.key("  ", null, null)).isEqualTo(Parsed.invalid("id.empty"));
    }

    @Test
    void theTypeDecidesTheCheck() {
        assertThat(person(new ItemType.CitizenIdType(), "H12345678")).isEqualTo(Parsed.invalid("id.length"));
        assertThat(person(new ItemType.Text(20), "530102199003071238")).isEqualTo(Parsed.invalid("id.type"));
        assertThat(person(new ItemType.Date(), "2020-01-01")).isEqualTo(Parsed.invalid("id.type"));
    }

    private static ItemType fixed(DocumentKind kind) {
        return new ItemType.DocumentType(18, Document.of(kind));
    }

    private static Parsed<String> person(ItemType type, String written) {
        return of(SubjectKind.PERSON, type, "").key(written, null, null);
    }

    private static Identifier of(SubjectKind kind, ItemType type, String code) {
        ItemPlan item = new ItemPlan("number", "号码", "hm", type, 3, Mask.KEEP, ShareClass.CONDITIONAL);
        return Identifier.of(new SubjectPlan("", kind, "number", Map.of(), code), Map.of("number", item));
    }
}
