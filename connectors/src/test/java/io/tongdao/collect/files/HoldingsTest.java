package io.tongdao.collect.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.collect.files.Holdings.Held;
import io.tongdao.collect.files.Holdings.Stamp;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held, against a map that does the same in memory. */
class HoldingsTest {
    private static final long SEED = 7;
    private static final Stamp BEFORE = new Stamp(1, 1);
    private static final Stamp NOW = new Stamp(1, 2);

    @TempDir
    Path dir;

    private static byte[] row(int number) {
        return Arrays.copyOf(("row" + number).getBytes(UTF_8), 16);
    }

    private static Held held(int row, Stamp stamp) {
        return new Held(row(row), new byte[16], stamp);
    }

    @Test
    void keysFollowTheRowThatSaidThemLast() {
        // Given
        Random random = new Random(SEED);
        Map<String, Integer> owners = new HashMap<>();
        try (Holdings holdings = new Holdings(dir.resolve("held"))) {
            // When
            for (int i = 0; i < 5000; i++) {
                String key = "k" + random.nextInt(200);
                int row = random.nextInt(50);
                if (random.nextInt(4) == 0) {
                    owners.remove(key);
                    holdings.remove(key.getBytes(UTF_8));
                } else {
                    owners.put(key, row);
                    holdings.put(key.getBytes(UTF_8), held(row, BEFORE));
                }
            }
            // Then
            assertThat(holdings.size()).as("seed %d", SEED).isEqualTo(owners.size());
            for (int row = 0; row < 50; row++) {
                int owner = row;
                assertThat(holdings.keys(row(row)).stream().map(key -> new String(key, UTF_8)))
                        .containsExactlyInAnyOrderElementsOf(owners.entrySet().stream()
                                .filter(entry -> entry.getValue() == owner)
                                .map(Map.Entry::getKey)
                                .toList());
            }
        }
    }

    @Test
    void aWalkFindsWhatTheLoadDidNotSayAndMayRemoveIt() {
        // Given
        try (Holdings holdings = new Holdings(dir.resolve("walk"))) {
            for (int i = 0; i < 1000; i++) {
                holdings.put(("k" + i).getBytes(UTF_8), held(i, i % 3 == 0 ? NOW : BEFORE));
            }
            holdings.reject(row(1), BEFORE);
            holdings.reject(row(2), NOW);
            TreeSet<String> found = new TreeSet<>();
            // When
            holdings.keysBefore(NOW, (key, row) -> {
                found.add(new String(key, UTF_8));
                holdings.remove(key);
            });
            // Then
            assertThat(found).hasSize(666).doesNotContain("k0").contains("k1");
            assertThat(holdings.size()).isEqualTo(334);
            holdings.rejectsBefore(NOW, (row, same) -> assertThat(row).isEqualTo(row(1)));
        }
        assertThat(dir.resolve("walk")).doesNotExist();
    }
}
