package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.collect.files.FileDigest;
import io.tongdao.collect.files.FileDigest.Algorithm;
import io.tongdao.collect.files.Manifest;
import io.tongdao.collect.files.Manifest.Kind;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a file by what was taken before it: here sequence 5, a full load, under definition "a". */
class FileOrderTest {
    private static final FileLoad FIVE = load(5, "1");

    private static FileLoad load(long sequence, String digit) {
        return new FileLoad(
                "cl.card",
                "cl.card.id",
                1,
                3,
                "a",
                sequence,
                Kind.FULL,
                "sha256:" + digit.repeat(64),
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                1,
                0,
                0,
                0,
                0);
    }

    private static Manifest manifest(Kind kind, long sequence, String digit) {
        return new Manifest(
                "cl.card",
                kind,
                sequence,
                1,
                1,
                new FileDigest(Algorithm.SHA256, digit.repeat(64)),
                Instant.EPOCH,
                null,
                false);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("the first full load", Kind.FULL, 7, "2", null, null, "a", FileOrder.Take.class),
                Arguments.of("a delta before any", Kind.DELTA, 1, "2", null, null, "a", FileOrder.Held.class),
                Arguments.of("the next delta", Kind.DELTA, 6, "2", FIVE, null, "a", FileOrder.Take.class),
                Arguments.of("a delta after a gap", Kind.DELTA, 7, "2", FIVE, null, "a", FileOrder.Held.class),
                Arguments.of("a full load after a gap", Kind.FULL, 9, "2", FIVE, null, "a", FileOrder.Take.class),
                Arguments.of("a delta by another entry", Kind.DELTA, 6, "2", FIVE, null, "b", FileOrder.Held.class),
                Arguments.of("a full load by another entry", Kind.FULL, 6, "2", FIVE, null, "b", FileOrder.Take.class),
                Arguments.of("the same again", Kind.FULL, 5, "1", FIVE, FIVE, "a", FileOrder.Taken.class),
                Arguments.of("its bytes as a delta", Kind.DELTA, 5, "1", FIVE, FIVE, "a", FileOrder.Refused.class),
                Arguments.of("its number, other bytes", Kind.FULL, 5, "2", FIVE, FIVE, "a", FileOrder.Refused.class),
                Arguments.of("one that was skipped", Kind.DELTA, 4, "2", FIVE, null, "a", FileOrder.Superseded.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aFileIsTakenHeldOrRefused(
            String name,
            Kind kind,
            long sequence,
            String digit,
            FileLoad newest,
            FileLoad same,
            String definition,
            Class<? extends FileOrder> expected) {
        // Given
        Manifest manifest = manifest(kind, sequence, digit);
        // When
        FileOrder order = FileOrder.of(manifest, newest, same, definition);
        // Then
        assertThat(order).isInstanceOf(expected);
    }
}
