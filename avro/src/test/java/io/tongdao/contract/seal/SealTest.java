package io.tongdao.contract.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final String TOPIC = "src.mz.shelter_registration";
    private static final byte[] KEY = "530102199003071238|7".getBytes(UTF_8);
    private static final byte[] CLEAR = "安置点".getBytes(UTF_8);

    @Test
    void opensWhatItSealedInItsPlaceAlone() throws AEADBadTagException {
        // Given
        Seal seal = seal(Map.of(1, key(1)));
        byte[] sealed = seal.seal(TOPIC, KEY, CLEAR);
        // When
        byte[] opened = seal.open(TOPIC, KEY, sealed);
        // Then
        assertThat(opened).isEqualTo(CLEAR);
        assertThat(seal.seal(TOPIC, KEY, CLEAR)).as("no nonce twice").isNotEqualTo(sealed);
        refused(seal, "src.mz.other", KEY, sealed);
        refused(seal, TOPIC, "530102199003071238|8".getBytes(UTF_8), sealed);
        refused(seal(Map.of(1, key(2))), TOPIC, KEY, sealed);
        refused(seal, TOPIC, KEY, new byte[] {1, 2, 3});
        refused(seal, TOPIC, KEY, CLEAR);
    }

    @Test
    void theNewestVersionSealsAndEachOpens() throws AEADBadTagException {
        // Given
        byte[] first = seal(Map.of(1, key(1))).seal(TOPIC, KEY, CLEAR);
        Seal both = seal(Map.of(1, key(1), 2, key(2)));
        // When
        byte[] second = both.seal(TOPIC, KEY, CLEAR);
        // Then
        assertThat(both.open(TOPIC, KEY, first)).isEqualTo(CLEAR);
        assertThat(both.open(TOPIC, KEY, second)).isEqualTo(CLEAR);
        refused(seal(Map.of(1, key(1))), TOPIC, KEY, second);
    }

    @Test
    void aNameSaysNothingAndStaysTheSame() {
        // Given
        Seal seal = seal(Map.of(1, key(1)));
        // When
        String name = new String(seal.name(TOPIC, KEY), UTF_8);
        // Then
        assertThat(name)
                .matches("s1:[A-Za-z0-9_-]{27}\\|[A-Za-z0-9_-]{27}")
                .isEqualTo(new String(seal(Map.of(1, key(1), 2, key(2))).name(TOPIC, KEY), UTF_8))
                .isNotEqualTo(new String(seal(Map.of(1, key(2))).name(TOPIC, KEY), UTF_8));
        assertThat(new String(seal.name(TOPIC, "530102199003071238".getBytes(UTF_8)), UTF_8))
                .as("rows of one subject stay together")
                .isEqualTo(name.substring(0, name.indexOf('|')));
    }

    @Test
    void aRowComesBackWithItsKey() throws AEADBadTagException {
        // Given
        Seal seal = seal(Map.of(1, key(1)));
        byte[] name = seal.name(TOPIC, KEY);
        byte[] sealed = new SealedRow(KEY, CLEAR).seal(seal, TOPIC, name);
        // When
        SealedRow row = SealedRow.open(seal, TOPIC, name, sealed);
        // Then
        assertThat(row.key()).isEqualTo(KEY);
        assertThat(row.value()).isEqualTo(CLEAR);
    }

    @Test
    void whereThereIsNoKeyNothingIsGiven() {
        assertThatThrownBy(() -> SealKeys.NONE.of("2026-quake-3"))
                .isInstanceOf(NoSealKey.class)
                .hasMessageContaining("2026-quake-3")
                .hasMessageContaining("./tongdao incident show");
    }

    private static void refused(Seal seal, String topic, byte[] key, byte[] sealed) {
        assertThatExceptionOfType(AEADBadTagException.class).isThrownBy(() -> seal.open(topic, key, sealed));
    }

    private static Seal seal(Map<Integer, byte[]> keys) {
        return new Seal(new TreeMap<>(keys));
    }

    private static byte[] key(int first) {
        byte[] key = new byte[Sm4Gcm.KEY_BYTES];
        key[0] = (byte) first;
        return key;
    }
}
