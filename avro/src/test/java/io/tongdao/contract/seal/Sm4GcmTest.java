package io.tongdao.contract.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sm4GcmTest {
    private static final String KEY = "0123456789abcdeffedcba9876543210";
    private static final byte[] NONCE = hex("00001234567800000000abcd");
    private static final byte[] PLACE = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    private static final byte[] CLEAR = hex("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
            + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
    private static final byte[] SEALED = hex("17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
            + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec");

    @ParameterizedTest(name = "{0} rounds")
    @CsvSource({"1, 681edf34d206965e86b3e94f536e4246", "1000000, 595298c7c6fd271f0402f804c33d3f66"})
    void enciphersLikeTheStandard(int rounds, String expected) {
        // Given
        SM4Engine engine = new SM4Engine();
        engine.init(true, new KeyParameter(hex(KEY)));
        byte[] block = hex(KEY);
        // When
        for (int i = 0; i < rounds; i++) {
            engine.processBlock(block, 0, block, 0);
        }
        // Then
        assertThat(block).isEqualTo(hex(expected));
    }

    @Test
    void sealsAndOpensLikeRfc8998() throws AEADBadTagException {
        // Given
        Sm4Gcm sm4 = new Sm4Gcm(hex(KEY));
        // When
        byte[] sealed = sm4.seal(NONCE, PLACE, CLEAR);
        // Then
        assertThat(sealed).isEqualTo(SEALED);
        assertThat(sm4.open(NONCE, PLACE, SEALED)).isEqualTo(CLEAR);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneInstanceServesAllRecordsOfAThread(long seed) throws AEADBadTagException {
        // Given
        Random random = new Random(seed);
        byte[] key = bytes(random, Sm4Gcm.KEY_BYTES);
        Sm4Gcm reused = new Sm4Gcm(key);
        for (int i = 0; i < 200; i++) {
            byte[] nonce = bytes(random, Sm4Gcm.NONCE_BYTES);
            byte[] place = bytes(random, random.nextInt(40));
            byte[] clear = bytes(random, random.nextInt(500));
            // When
            byte[] sealed = reused.seal(nonce, place, clear);
            // Then
            assertThat(sealed)
                    .as("record %s of seed %s", i, seed)
                    .hasSize(clear.length + Sm4Gcm.TAG_BYTES)
                    .isEqualTo(new Sm4Gcm(key).seal(nonce, place, clear));
            assertThat(reused.open(nonce, place, sealed)).isEqualTo(clear);
        }
    }

    @Test
    void opensNothingThatIsAnothers() {
        // Given
        Sm4Gcm sm4 = new Sm4Gcm(hex(KEY));
        byte[] changed = SEALED.clone();
        changed[3] ^= 1;
        byte[] otherNonce = NONCE.clone();
        otherNonce[11] ^= 1;
        // When, Then
        refused(sm4, NONCE, PLACE, changed);
        refused(sm4, otherNonce, PLACE, SEALED);
        refused(sm4, NONCE, new byte[0], SEALED);
        refused(sm4, NONCE, PLACE, Arrays.copyOf(SEALED, SEALED.length - 1));
        refused(sm4, NONCE, PLACE, new byte[Sm4Gcm.TAG_BYTES - 1]);
        refused(new Sm4Gcm(new byte[Sm4Gcm.KEY_BYTES]), NONCE, PLACE, SEALED);
    }

    @Test
    void opensTheNextAfterOneThatWasRefused() throws AEADBadTagException {
        // Given
        Sm4Gcm sm4 = new Sm4Gcm(hex(KEY));
        refused(sm4, NONCE, new byte[0], SEALED);
        // When
        byte[] clear = sm4.open(NONCE, PLACE, SEALED);
        // Then
        assertThat(clear).isEqualTo(CLEAR);
    }

    @Test
    void refusesKeysAndNoncesOfAnotherLengthWithoutQuotingThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sm4Gcm("a key in words".getBytes(UTF_8)))
                .withMessage("a key of SM4 has 16 bytes, not 14");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sm4Gcm(hex(KEY)).seal(new byte[16], PLACE, CLEAR))
                .withMessage("a nonce has 12 bytes, not 16");
    }

    private static void refused(Sm4Gcm sm4, byte[] nonce, byte[] place, byte[] sealed) {
        assertThatExceptionOfType(AEADBadTagException.class)
                .isThrownBy(() -> sm4.open(nonce, place, sealed))
                .withMessage("sealed bytes don't open by this key, nonce and associated bytes")
                .withNoCause();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
