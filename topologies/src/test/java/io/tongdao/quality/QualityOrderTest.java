package io.tongdao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of rows, delivered with stretches again as after crashes: the figures and flags are those of a plain model that looks at
 * the log once. Seeds are printed on failure.
 */
class QualityOrderTest {
    private static final String HOUSEHOLD = "src.ga.household_population";
    private static final String DATASET = "ga.household_population";
    private static final List<String> IDS = List.of("530102199003071238", "11010519491231002X", "440524188001010014");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 20;
    private static final int CHANGES = 60;
    private static final int ROWS = 8;

    @TempDir
    Path dir;

    @Test
    void whateverIsDeliveredAgainTheFiguresAreThoseOfTheLog() {
        long seed = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Random random = new Random(seed + round);
            List<ObjectNode> log = log(random);
            Model model = new Model();
            log.forEach(model::take);
            Map<String, byte[]> held = new TreeMap<>();

            // When
            try (QualityDriver driver = new QualityDriver(dir.resolve("r" + round))) {
                deliver(log, random).forEach(change -> driver.pipe(HOUSEHOLD, change));
                driver.pass(Tallies.TELL);
                driver.read(held);
            }

            // Then
            String as = "seed " + (seed + round);
            assertThat(QualityDriver.broken(held)).as(as).isEqualTo(model.broken());
            assertThat(now(QualityDriver.figures(held))).as(as).isEqualTo(model.figures());
            assertThat(days(QualityDriver.figures(held))).as(as).isEqualTo(model.days);
        }
    }

    /** A log of one source: each change is newer than all before, and tells the row that it leaves first. */
    private static List<ObjectNode> log(Random random) {
        Map<String, ObjectNode> rows = new HashMap<>();
        List<ObjectNode> log = new ArrayList<>();
        for (int i = 1; i <= CHANGES; i++) {
            String row = "r" + random.nextInt(ROWS);
            ObjectNode before = rows.get(row);
            String day = "2026-03-0" + (1 + i / 20) + "T08:00:00Z";
            if (before != null && random.nextInt(4) == 0) {
                log.add(change(before.get("citizen_id").asText(), row, i, 0, "d", day, null));
                rows.remove(row);
                continue;
            }
            ObjectNode value = JSON.createObjectNode()
                    .put("citizen_id", IDS.get(random.nextInt(IDS.size())))
                    .put("full_name", random.nextInt(3) == 0 ? null : "张三")
                    .put("gender_code", List.of("1", "2", "7").get(random.nextInt(3)))
                    .put("household_no", random.nextInt(5) == 0 ? null : "h" + random.nextInt(4));
            int ordinal = 0;
            if (before != null && !before.get("citizen_id").equals(value.get("citizen_id"))) {
                log.add(change(before.get("citizen_id").asText(), row, i, ordinal++, "d", day, null));
            }
            log.add(change(value.get("citizen_id").asText(), row, i, ordinal, before == null ? "c" : "u", day, value));
            rows.put(row, value);
        }
        return log;
    }

    private static ObjectNode change(
            String key, String row, int commit, int ordinal, String op, String at, ObjectNode value) {
        ObjectNode change = JSON.createObjectNode()
                .put("key", key)
                .put("row", row)
                .put("pos", "1." + commit + ".1." + ordinal)
                .put("op", op)
                .put("at", at);
        change.set("value", value);
        return change;
    }

    /** At each crash some of what went before comes again. */
    private static List<ObjectNode> deliver(List<ObjectNode> log, Random random) {
        List<ObjectNode> delivered = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            delivered.add(log.get(i));
            if (random.nextInt(12) == 0) {
                delivered.addAll(log.subList(random.nextInt(i + 1), i + 1));
            }
        }
        return delivered;
    }

    private static Map<String, String> now(Map<String, String> figures) {
        Map<String, String> now = new TreeMap<>();
        figures.forEach((what, figure) -> {
            String[] parts = what.split(" ");
            if (parts[1].equals("now") && Model.RULES.contains(parts[2])) {
                now.put(parts[2], figure);
            }
        });
        return now;
    }

    /** B alone of the days, for the rules that one row decides: A/B of those; of the days before as of the last. */
    private static Map<String, String> days(Map<String, String> figures) {
        Map<String, String> days = new TreeMap<>();
        figures.forEach((what, figure) -> {
            String[] parts = what.split(" ");
            if (!parts[1].equals("now") && Model.ROW_RULES.contains(parts[2])) {
                days.put(parts[1] + ' ' + parts[2], figure);
            }
        });
        return days;
    }

    /** What must come out, looked up the simple way. */
    private static final class Model {
        static final Set<String> ROW_RULES = Set.of("completeness.full_name", "format.gender_code");
        static final Set<String> RULES =
                Set.of("completeness.full_name", "format.gender_code", "uniqueness.household_no");
        final Map<String, ObjectNode> rows = new TreeMap<>();
        final Map<String, String> days = new TreeMap<>();
        private final Map<String, int[]> sums = new HashMap<>();

        void take(ObjectNode change) {
            String row = change.get("row").asText();
            if (change.get("value").isNull()) {
                rows.remove(row);
                return;
            }
            ObjectNode value = (ObjectNode) change.get("value");
            rows.put(row, value);
            for (String rule : ROW_RULES) {
                String key = change.get("at").asText().substring(0, 10) + ' ' + rule;
                int[] sum = sums.computeIfAbsent(key, none -> new int[2]);
                sum[0] += breaks(rule, value) ? 0 : 1;
                sum[1]++;
                days.put(key, sum[0] + "/" + sum[1]);
            }
        }

        private boolean breaks(String rule, ObjectNode value) {
            return switch (rule) {
                case "completeness.full_name" -> value.get("full_name").isNull();
                case "format.gender_code" -> value.get("gender_code").asText().equals("7");
                default ->
                    rows.values().stream()
                                    .filter(other -> other.get("household_no").equals(value.get("household_no")))
                                    .count()
                            > 1;
            };
        }

        private static boolean asked(String rule, ObjectNode value) {
            return !rule.startsWith("uniqueness") || !value.get("household_no").isNull();
        }

        Set<String> broken() {
            Set<String> broken = new TreeSet<>();
            rows.forEach((row, value) -> RULES.forEach(rule -> {
                if (asked(rule, value) && breaks(rule, value)) {
                    broken.add(DATASET + ' ' + row + ' ' + rule);
                }
            }));
            rows.forEach((row, value) -> {
                if (sexDiffers(value)) {
                    broken.add(DATASET + ' ' + row + " consistency.gender_code@citizen_id");
                }
            });
            return broken;
        }

        /** Odd for men. */
        private static boolean sexDiffers(ObjectNode value) {
            int digit = value.get("citizen_id").asText().charAt(16) - '0';
            String sex = value.get("gender_code").asText();
            return !sex.equals("7") && !sex.equals(digit % 2 == 1 ? "1" : "2");
        }

        Map<String, String> figures() {
            Map<String, String> figures = new TreeMap<>();
            for (String rule : RULES) {
                long checked = rows.values().stream()
                        .filter(value -> asked(rule, value))
                        .count();
                long kept = rows.values().stream()
                        .filter(value -> asked(rule, value) && !breaks(rule, value))
                        .count();
                if (checked > 0) {
                    figures.put(rule, kept + "/" + checked);
                }
            }
            return figures;
        }
    }
}
