package io.tongdao.contract.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a consumer takes for the exchange's file is that, whole and in order, or does not open. */
class FileSealTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);
    private static final String PLACE = "yb/yb-files/e1/v1/data.csv";
    private static final int SEALED_PIECE = FileSeal.PIECE + Sm4Gcm.TAG_BYTES;
    private static final SecureRandom FRESH = new SecureRandom();

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void whatIsSealedOpensToTheSameBytes(int length) throws IOException {
        // Given
        byte[] clear = bytes(length, length);
        // When
        byte[] sealed = sealed(clear, PLACE);
        // Then
        assertThat(opened(sealed, KEY, PLACE)).isEqualTo(clear);
        assertThat(sealed(clear, PLACE)).isNotEqualTo(sealed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyOneBitThatIsChangedIsFound(long seed) {
        // Given
        Random random = new Random(seed);
        byte[] sealed = sealed(bytes(seed, 70_000 + random.nextInt(100_000)), PLACE);
        for (int change = 0; change < 20; change++) {
            byte[] changed = sealed.clone();
            int at = random.nextInt(changed.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            // When, Then
            assertThatThrownBy(() -> opened(changed, KEY, PLACE))
                    .as("seed %s, byte %s", seed, at)
                    .isInstanceOf(FileSeal.Broken.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aFileThatIsCutOffAnywhereIsFound(long seed) {
        // Given
        Random random = new Random(seed);
        byte[] sealed = sealed(bytes(seed, 3 * FileSeal.PIECE), PLACE);
        for (int piece = 0; piece < 3; piece++) {
            int end = FileSeal.HEAD + piece * SEALED_PIECE;
            // When, Then
            broken(Arrays.copyOf(sealed, end));
            broken(Arrays.copyOf(sealed, end + 1 + random.nextInt(SEALED_PIECE - 1)));
        }
        broken(Arrays.copyOf(sealed, sealed.length + 1));
        broken(joined(sealed, Arrays.copyOfRange(sealed, FileSeal.HEAD, FileSeal.HEAD + SEALED_PIECE)));
    }

    @Test
    void piecesThatAreMovedDoubledOrLeftOutAreFound() {
        // Given
        byte[] sealed = sealed(bytes(1, 3 * FileSeal.PIECE + 100), PLACE);
        byte[] head = Arrays.copyOf(sealed, FileSeal.HEAD);
        byte[] first = piece(sealed, 0);
        byte[] second = piece(sealed, 1);
        byte[] third = piece(sealed, 2);
        byte[] last = piece(sealed, 3);
        // When, Then
        assertThat(joined(head, first, second, third, last)).isEqualTo(sealed);
        broken(joined(head, second, first, third, last));
        broken(joined(head, first, first, second, third, last));
        broken(joined(head, first, third, last));
        broken(joined(head, first, second, last));
        broken(joined(head, last));
    }

    @Test
    void piecesOfAnotherFileOfTheSameKeyAreFound() {
        // Given
        byte[] one = sealed(bytes(1, 2 * FileSeal.PIECE), PLACE);
        byte[] other = sealed(bytes(2, 2 * FileSeal.PIECE), PLACE);
        // When, Then
        broken(joined(Arrays.copyOf(one, FileSeal.HEAD), piece(one, 0), piece(other, 1)));
        broken(joined(Arrays.copyOf(other, FileSeal.HEAD), piece(one, 0), piece(one, 1)));
    }

    @Test
    void aFileInAnothersPlaceOrUnderAnotherKeyDoesNotOpen() {
        // Given
        byte[] sealed = sealed(bytes(1, 10), PLACE);
        // When, Then
        assertThatThrownBy(() -> opened(sealed, KEY, "yb/yb-files/e1/v2/data.csv"))
                .isInstanceOf(FileSeal.Broken.class);
        assertThatThrownBy(() -> opened(sealed, "fedcba9876543210".getBytes(UTF_8), PLACE))
                .isInstanceOf(FileSeal.Broken.class);
        assertThatThrownBy(() -> opened("a,b\n1,2\n1234567890".getBytes(UTF_8), KEY, PLACE))
                .hasMessage("it is no sealed file");
    }

    @Test
    void aFileIsRecognisedByTheDigestsOfTheStandards() throws IOException {
        // Given
        Path file = Files.writeString(dir.resolve("abc"), "abc");
        // When
        FileDigest digest = FileDigest.of(file);
        // Then
        assertThat(digest)
                .isEqualTo(new FileDigest(
                        3,
                        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    private static void broken(byte[] sealed) {
        assertThatThrownBy(() -> opened(sealed, KEY, PLACE)).isInstanceOf(FileSeal.Broken.class);
    }

    private static byte[] piece(byte[] sealed, int number) {
        int from = FileSeal.HEAD + number * SEALED_PIECE;
        return Arrays.copyOfRange(sealed, from, Math.min(from + SEALED_PIECE, sealed.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] sealed(byte[] clear, String place) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new FileSeal(KEY, place).seal(new ByteArrayInputStream(clear), out, FRESH);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] opened(byte[] sealed, byte[] key, String place) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FileSeal(key, place).open(new ByteArrayInputStream(sealed), out);
        return out.toByteArray();
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
