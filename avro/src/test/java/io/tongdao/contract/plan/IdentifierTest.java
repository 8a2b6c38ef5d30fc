package io.tongdao.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifierTest {
    private static final ItemType DOCUMENT = new ItemType.DocumentType(20);

    @ParameterizedTest
    @CsvSource({
        "530102199003071238, 530102199003071238",
        "530102900307123, 530102199003071238",
        "１１０１０５１９４９１２３１００２ｘ, 11010519491231002X",
        "810000199408230021, 810000199408230021",
        "h1234567801, permit:HMT:H12345678",
        "H12345678, permit:HMT:H12345678",
        "E12345678, passport:CHN:E12345678"
    })
    void aDocumentIsKeyedByItsKindUnlessItsNumberStandsAlone(String written, String key) {
        assertThat(Identifier.parse(DOCUMENT, written)).isEqualTo(Parsed.valid(key));
    }

    @ParameterizedTest
    @CsvSource({"12345678, id.length", "530102199003071239, id.check-digit", "'', id.empty", "军字第1号, id.length"})
    void aDocumentOfNoKnownFormIsNotGuessed(String written, String code) {
        assertThat(Identifier.parse(DOCUMENT, written)).isEqualTo(Parsed.invalid(code));
    }

    @Test
    void theTypeDecidesTheCheck() {
        assertThat(Identifier.parse(new ItemType.CreditCodeType(), "9144030071526726xg"))
                .isEqualTo(Parsed.valid("9144030071526726XG"));
        assertThat(Identifier.parse(new ItemType.CitizenIdType(), "H12345678")).isEqualTo(Parsed.invalid("id.length"));
        assertThat(Identifier.parse(new ItemType.Text(28), " 云a:1|2 ")).isEqualTo(Parsed.valid("云A%3A1%7C2"));
        assertThat(Identifier.parse(new ItemType.Date(), "2020-01-01")).isEqualTo(Parsed.invalid("id.type"));
    }
}
