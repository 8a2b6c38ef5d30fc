package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.FileCollector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while a file is taken: readers of committed records see the file whole or not at all, and the next process goes on. */
class KilledInboxIT {
    private static final String SUBSIDY = "cl.subsidy";
    private static final int ROWS = 40_000;
    private static final long SEED = 20261129;

    @TempDir
    private static Path dir;

    private static InboxLand land;

    @BeforeAll
    static void start() throws Exception {
        land = new InboxLand(dir);
    }

    @AfterAll
    static void stop() {
        land.close();
    }

    @Test
    void aFileIsTakenWholeOrNotAtAll() throws Exception {
        // Given
        Random random = new Random(SEED);
        Map<String, List<String>> before = new TreeMap<>();
        for (int sequence = 1; sequence <= 6; sequence++) {
            Map<String, List<String>> old = before;
            Map<String, List<String>> after = drop(sequence, random, old);
            long sent = records();
            // When
            Process doomed = DoomedInbox.start(land);
            try {
                boolean early = sequence % 3 == 0;
                await().atMost(InboxLand.SOON).until(() -> early ? started() : records() > sent);
                Thread.sleep(random.nextInt(400));
            } finally {
                doomed.destroyForcibly().waitFor();
            }
            // Then
            assertThat(land.held(SUBSIDY, "amount"))
                    .as("seed %d, sequence %d", SEED, sequence)
                    .satisfiesAnyOf(
                            now -> assertThat(now).isEqualTo(old),
                            now -> assertThat(now).isEqualTo(after));
            if (sequence % 2 == 0) {
                FileCollector collector = land.collect();
                land.awaitEmpty(collector);
                land.closeCollectors();
            } else {
                Process another = DoomedInbox.start(land);
                land.awaitGone();
                another.destroyForcibly().waitFor();
            }
            assertThat(land.held(SUBSIDY, "amount")).isEqualTo(after);
            before = after;
        }
        assertThat(land.failures).isEmpty();
        assertThat(land.texts("failed", ".report.txt")).isEmpty();
    }

    private static boolean started() {
        return Files.exists(dir.resolve("scratch/cl-inbox/" + SUBSIDY));
    }

    private static long records() {
        return land.view(SUBSIDY).records().size();
    }

    /** A full load: of the rows before one in ten is gone, one in ten changed, and new ones come. */
    private static Map<String, List<String>> drop(int sequence, Random random, Map<String, List<String>> before)
            throws Exception {
        Map<String, List<String>> after = new TreeMap<>();
        before.forEach((key, amount) -> {
            int dice = random.nextInt(10);
            if (dice > 0) {
                after.put(key, dice == 1 ? List.of(sequence + ".00") : amount);
            }
        });
        for (int i = 0; after.size() < ROWS; i++) {
            after.putIfAbsent(Ids.citizen(i) + "|2026-0" + sequence, List.of(i % 1000 + ".50"));
        }
        List<String> lines = new ArrayList<>(List.of("SFZH|YF|JE|SM|FJ"));
        after.forEach((key, amount) -> lines.add(key + '|' + amount.getFirst() + "|\\N|\\N"));
        Dropped.csv(
                        land.inbox.resolve(sequence + ".csv"),
                        SUBSIDY,
                        "full",
                        sequence,
                        "UTF-8",
                        lines.toArray(String[]::new))
                .announce();
        return after;
    }
}
