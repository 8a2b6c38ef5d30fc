package io.tongdao.ops.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tongdao.ops.embedded.Secret;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.release.LedgerKey;
import io.tongdao.release.TokenKey;
import io.tongdao.release.mask.HmacSm3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12KeysTest {
    private static final Secret PASSWORD = Secret.of("correct horse");
    private static final Instant NOW = Instant.parse("2026-11-30T01:02:03Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final byte[] MESSAGE = "11010519491231002X".getBytes(UTF_8);

    @TempDir
    private Path dir;

    private Path file;
    private TokenKeyStore keys;

    @BeforeEach
    void create() {
        file = dir.resolve("token-keys.p12");
        keys = Pkcs12Keys.create(file, PASSWORD, CLOCK, Map.of(), "test");
    }

    @Test
    void makesTheFirstKeyWhenItIsFirstAskedForAndKeepsIt() {
        // When
        int version = keys.current("yb", "medical_insurance");
        // Then
        assertThat(version).isEqualTo(1);
        byte[] hash = hash(keys, key(1));
        assertThat(hash(reopened(), key(1))).isEqualTo(hash);
        assertThat(reopened().current("yb", "medical_insurance")).isEqualTo(1);
        assertThat(keys.list())
                .containsExactly(new KeyRecord(key(1), KeyRecord.State.LIVE, NOW, "provisioner", "the first grant"));
    }

    @Test
    void makesTheLedgersKeyOnceAndNoneInThePlaceOfALostOne() {
        // When
        keys.ledger(() -> false);
        byte[] hash = hash(keys, LedgerKey.KEY);
        keys.ledger(() -> true);
        // Then
        assertThat(hash(reopened(), LedgerKey.KEY)).isEqualTo(hash);
        assertThat(keys.list())
                .extracting(KeyRecord::key, KeyRecord::reason)
                .containsExactly(tuple(LedgerKey.KEY, "the release ledger"));
        keys.destroy(LedgerKey.KEY, "somebody", "past the desk");
        assertThatThrownBy(() -> keys.ledger(() -> true))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("the release ledger is written with a key that is not in the key store");
    }

    @Test
    void theLedgersKeyIsInUseForGood() {
        assertThat(new KeysInUse(List.of()).of(LedgerKey.KEY)).containsExactly("留痕 release ledger");
        assertThat(new KeysInUse(List.of()).of(key(1))).isEmpty();
    }

    @Test
    void eachConsumerAndPurposeAndVersionHasAKeyOfItsOwn() {
        // Given
        keys.current("yb", "medical_insurance");
        keys.current("yb", "taxation");
        keys.current("tax", "medical_insurance");
        // When
        KeyRecord made = keys.rotate("yb", "medical_insurance", "an engineer", "a laptop\nwas lost");
        // Then
        assertThat(made)
                .isEqualTo(new KeyRecord(key(2), KeyRecord.State.LIVE, NOW, "an engineer", "a laptop was lost"));
        assertThat(keys.current("yb", "medical_insurance")).isEqualTo(2);
        assertThat(keys.current("yb", "taxation")).isEqualTo(1);
        assertThat(keys.list().stream().map(record -> HexFormat.of().formatHex(hash(keys, record.key()))))
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void aDestroyedKeyStaysGoneAndItsVersionIsNotMadeAgain() {
        // Given
        keys.current("yb", "medical_insurance");
        // When
        keys.destroy(key(1), "an engineer", "end of purpose");
        // Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reopened().hmac(key(1)))
                .withMessageContaining("t1 of yb for medical_insurance: it was destroyed");
        assertThat(keys.list()).extracting(KeyRecord::state).containsExactly(KeyRecord.State.DESTROYED);
        assertThat(keys.current("yb", "medical_insurance")).isEqualTo(2);
        assertThatThrownBy(() -> keys.destroy(key(1), "x", "again")).isInstanceOf(KeyRefused.class);
    }

    @Test
    void neverMakesAKeyThatIsOnlyUsedOrRotated() {
        assertThatIllegalArgumentException().isThrownBy(() -> keys.hmac(key(1)));
        assertThatThrownBy(() -> keys.rotate("yb", "medical_insurance", "x", "y"))
                .isInstanceOf(KeyRefused.class);
        assertThat(keys.list()).isEmpty();
    }

    @Test
    void adoptsKeysThatWereMadeElsewhere() {
        // Given
        byte[] secret = HexFormat.of().parseHex("00".repeat(31) + "7f");
        Path other = dir.resolve("other.p12");
        // When
        TokenKeyStore adopted = Pkcs12Keys.create(other, PASSWORD, CLOCK, Map.of(key(1), secret), "from token-master");
        // Then
        assertThat(hash(adopted, key(1))).isEqualTo(new HmacSm3(secret).of(MESSAGE));
        assertThat(adopted.current("yb", "medical_insurance")).isEqualTo(1);
    }

    @Test
    void createsNothingInThePlaceOfAStoreThatIsThere() {
        // Given
        keys.current("yb", "medical_insurance");
        byte[] hash = hash(keys, key(1));
        // When
        TokenKeyStore again = Pkcs12Keys.create(file, PASSWORD, CLOCK, Map.of(), "test");
        // Then
        assertThat(hash(again, key(1))).isEqualTo(hash);
    }

    @Test
    void isLostDamagedClosedOrOpenToOthersInOneLine() throws IOException {
        // Given
        keys.current("yb", "medical_insurance");
        byte[] whole = Files.readAllBytes(file);
        // When / Then
        assertFails(Secret.of("wrong"), "UnrecoverableKeyException");
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertFails(PASSWORD, "can't be read");
        Files.write(file, whole);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertFails(PASSWORD, "chmod 600");
        Files.delete(file);
        assertFails(PASSWORD, "NoSuchFileException");
        assertThat(file).doesNotExist();
    }

    @Test
    void isReadableByItsOwnerAloneAndHoldsNoKeyInTheClear() throws IOException {
        // Given
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
        Path other = dir.resolve("other.p12");
        // When
        Pkcs12Keys.create(other, PASSWORD, CLOCK, Map.of(key(1), secret), "test");
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(other, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("0123456789abcdef");
        assertThat(keys.list().toString() + keys).doesNotContain("correct horse");
    }

    @Test
    void losesNothingToOthersThatChangeItAtTheSameTime() throws Exception {
        // Given
        keys.current("yb", "medical_insurance");
        CountDownLatch start = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<java.util.concurrent.Future<KeyRecord>> all = IntStream.range(0, 8)
                    .mapToObj(n -> pool.submit(() -> {
                        start.await();
                        return reopened().rotate("yb", "medical_insurance", "writer " + n, "test");
                    }))
                    .toList();
            // When
            start.countDown();
            for (var one : all) {
                one.get();
            }
        }
        // Then
        assertThat(keys.list()).extracting(record -> record.key().version()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private void assertFails(Secret password, String why) {
        assertThatThrownBy(() -> Pkcs12Keys.open(file, password, CLOCK))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1)
                .doesNotContain("correct horse");
    }

    private TokenKeyStore reopened() {
        return Pkcs12Keys.open(file, PASSWORD, CLOCK);
    }

    private static TokenKey key(int version) {
        return new TokenKey("yb", "medical_insurance", version);
    }

    private static byte[] hash(TokenKeyStore keys, TokenKey key) {
        return keys.hmac(key).of(MESSAGE);
    }
}
