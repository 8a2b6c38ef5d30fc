package io.tongdao.reconcile.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.topic.Pos;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpeakersTest {
    private static final long SEED = 20261130;
    private static final String DATASET = "hrss.enrolment";
    private static final List<String> ITEMS = List.of("full_name", "mobile", "address");

    @Test
    void stepByStepIsAsFromAllRowsAndSpeaksAsAllRows() {
        for (int round = 0; round < 300; round++) {
            Random random = new Random(SEED + round);
            Map<String, Claim> rows = new HashMap<>();
            Speakers speakers = Speakers.of(List.of());
            int found = 0;
            for (int step = 0; step < 60; step++) {
                String row = row(random);
                Claim after = random.nextInt(4) == 0 ? null : claim(row, random);
                if (after == null) {
                    rows.remove(row);
                } else {
                    rows.put(row, after);
                }
                Speakers next = speakers.changed(row, after);
                found += next == null ? 1 : 0;
                speakers = next == null ? Speakers.of(rows.values()) : next;

                assertThat(speakers).as("seed %d", SEED + round).isEqualTo(Speakers.of(rows.values()));
                assertSpeakAlike(rows, speakers);
            }
            assertThat(found).isLessThan(40);
        }
    }

    private static void assertSpeakAlike(Map<String, Claim> rows, Speakers speakers) {
        Spoken all = new Spoken(Map.of(DATASET, new ArrayList<>(rows.values())));
        List<Claim> few = new ArrayList<>();
        speakers.rows().forEach(row -> few.add(rows.get(row)));
        Spoken some = new Spoken(Map.of(DATASET, few));
        assertThat(few).hasSizeLessThanOrEqualTo(ITEMS.size() + 1);
        for (String item : ITEMS) {
            assertThat(some.by(DATASET, item)).isEqualTo(all.by(DATASET, item));
        }
        assertThat(some.newest(List.of(DATASET))).isEqualTo(all.newest(List.of(DATASET)));
    }

    @Test
    void aRowThatDoesNotSpeakChangesNothing() {
        Speakers speakers = Speakers.of(List.of(claim("1", 5, "a"), claim("2", 3, "b")));

        assertThat(speakers.rows()).containsExactly("1");
        assertThat(speakers.changed("2", claim("2", 4, "c"))).isSameAs(speakers);
        assertThat(speakers.changed("2", null)).isSameAs(speakers);
        assertThat(speakers.changed("1", claim("1", 4, "a"))).isNull();
        assertThat(speakers.changed("1", null)).isNull();
    }

    private static Claim claim(String row, int asOf, String name) {
        return new Claim(DATASET, row, new Pos(1, 1, 1, 0), null, asOf, Map.of("full_name", name));
    }

    private static String row(Random random) {
        String row = String.valueOf(random.nextInt(12));
        return random.nextInt(5) == 0 ? Claim.movedRow("530102199003071238", row) : row;
    }

    private static Claim claim(String row, Random random) {
        Map<String, Object> items = new HashMap<>();
        ITEMS.forEach(item -> {
            if (random.nextBoolean()) {
                items.put(item, random.nextInt(3));
            }
        });
        return new Claim(DATASET, row, new Pos(1, random.nextInt(1, 90), 1, 0), null, asOf(random), items);
    }

    private static @Nullable Object asOf(Random random) {
        return random.nextInt(5) == 0 ? null : random.nextInt(6);
    }
}
