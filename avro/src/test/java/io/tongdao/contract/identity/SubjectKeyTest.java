package io.tongdao.contract.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubjectKeyTest {
    private static final long SEED = 24;

    @Test
    void aKeyOfAnyTextReadsBackAsItself() {
        Gen gen = new Gen(SEED);
        for (int n = 0; n < 5_000; n++) {
            // Given
            List<String> row = IntStream.range(0, gen.below(3))
                    .mapToObj(i -> gen.awkward())
                    .toList();
            SubjectKey key = SubjectKey.of(SubjectKey.escape(gen.awkward()), row);
            // When
            SubjectKey read = SubjectKey.parse(key.bytes());
            // Then
            assertThat(read.equals(key)).as("seed %d, key %d", SEED, n).isTrue();
            assertThat(SubjectKey.isMarker(key.bytes())).isFalse();
            assertThat(key.text().codePoints().allMatch(c -> c > ' ' && c != 0x7f))
                    .isTrue();
        }
    }

    @Test
    void differentTextsNeverGiveTheSameComponent() {
        Gen gen = new Gen(SEED);
        for (int n = 0; n < 5_000; n++) {
            String a = gen.awkward();
            String b = gen.awkward();
            assertThat(SubjectKey.escape(a).equals(SubjectKey.escape(b)))
                    .as("seed %d, pair %d", SEED, n)
                    .isEqualTo(a.equals(b));
        }
    }

    @Test
    void allRowsOfASubjectAreInItsPartition() {
        Gen gen = new Gen(SEED);
        for (int n = 0; n < 5_000; n++) {
            // Given
            String subject = SubjectKey.escape(gen.awkward());
            int partitions = 1 + gen.below(64);
            // When
            byte[] row = SubjectKey.of(subject, List.of(gen.awkward(), gen.awkward()))
                    .bytes();
            // Then
            assertThat(SubjectKey.partition(row, partitions))
                    .as("seed %d, key %d", SEED, n)
                    .isEqualTo(SubjectKey.partition(SubjectKey.of(subject).bytes(), partitions))
                    .isBetween(0, partitions - 1);
        }
    }

    @Test
    void partitionsAreThoseOfKafkasOwnPartitioner() {
        byte[] subject = "530102199003071238".getBytes(StandardCharsets.UTF_8);
        int kafkas = org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(subject, 7);
        assertThat(SubjectKey.partition(subject, 7)).isEqualTo(kafkas);
    }

    @Test
    void markersAreKnownByTheirFirstByte() {
        assertThat(SubjectKey.isMarker("!end".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(SubjectKey.isMarker(new byte[0])).isFalse();
    }
}
