package io.tongdao.release.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    private static final String MASTER = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String ID = "11010519491231002X";

    @ParameterizedTest
    @CsvSource({
        MASTER + ",11010519491231002X,b0388348088fd3f9c27114fb639a0f32b762dd6e5194279ced98d8455eef3ac5",
        MASTER + ",530102199003071238,4351896ee00011958ad2ac45a4b7dbc927a090346a15bfc707dea9e63c4579ef",
        "6b6579,The quick brown fox jumps over the lazy dog,bd4a34077888162b210645b8ebf74b9af357303789357a27c7fc457244ebd398",
    })
    void hashesLikeTheVectors(String key, String message, String hash) {
        // When
        byte[] mac = new HmacSm3(HexFormat.of().parseHex(key)).of(message.getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(HexFormat.of().formatHex(mac)).isEqualTo(hash);
    }

    @Test
    void digestsLikeTheStandard() {
        // Given
        SM3Digest digest = new SM3Digest();
        byte[] out = new byte[digest.getDigestSize()];
        // When
        digest.update("abc".getBytes(StandardCharsets.UTF_8), 0, 3);
        digest.doFinal(out, 0);
        // Then
        assertThat(HexFormat.of().formatHex(out))
                .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    @Test
    void joinsInsideAPurposeOnly() {
        // Given
        String person = Tokens.domain(SubjectKind.PERSON);
        // When
        String token = tokens("yb", "medical_insurance").token(person, ID);
        // Then
        assertThat(token)
                .startsWith("t1:")
                .hasSize("t1:".length() + 27)
                .isEqualTo(tokens("yb", "medical_insurance")
                        .token(Tokens.domain("husband_id_no", new ItemType.CitizenIdType()), "11010519491231002x"))
                .isNotEqualTo(tokens("yb", "taxation").token(person, ID))
                .isNotEqualTo(tokens("tax", "medical_insurance").token(person, ID))
                .isNotEqualTo(tokens("yb", "medical_insurance")
                        .token(Tokens.domain("certificate_no", new ItemType.Text(20)), ID));
    }

    @Test
    void beginsWithTheVersionOfItsKeyAndSaysItNowhereElse() {
        // Given
        byte[] key = Tokens.derived(HexFormat.of().parseHex(MASTER), "yb", "medical_insurance");
        // When
        String first = new Tokens(new HmacSm3(key), 1).token("person", ID);
        String twelfth = new Tokens(new HmacSm3(key), 12).token("person", ID);
        // Then
        assertThat(first).isEqualTo(tokens("yb", "medical_insurance").token("person", ID));
        assertThat(twelfth).isEqualTo("t12:" + first.substring("t1:".length()));
    }

    private static Tokens tokens(String consumer, String purpose) {
        return Tokens.of(HexFormat.of().parseHex(MASTER), consumer, purpose);
    }
}
