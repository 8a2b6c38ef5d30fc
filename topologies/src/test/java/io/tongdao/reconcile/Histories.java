package io.tongdao.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What the sources of {@link SampleProvince} say about two subjects a round, by chance. */
final class Histories {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("张三", "张 三", "张山", "李四");

    private Histories() {}

    record Change(String topic, JsonNode json) {
        String key() {
            return json.get("key").asText();
        }
    }

    /** Of all sources, each in its own order. */
    static List<List<Change>> sources(int round, Random random) {
        List<List<Change>> sources = new ArrayList<>();
        for (String dataset : List.of(SampleProvince.HOUSEHOLD, SampleProvince.INSURANCE, SampleProvince.MARRIAGE)) {
            sources.add(changes(dataset, round, random));
        }
        return sources;
    }

    /** What a compacted topic still has: the last of each key. */
    static List<Change> compacted(List<Change> history) {
        Map<String, Change> last = new LinkedHashMap<>();
        history.forEach(change -> {
            last.remove(change.topic + change.key());
            last.put(change.topic + change.key(), change);
        });
        return new ArrayList<>(last.values());
    }

    /** The history of one source, in its order, with a stretch that is delivered again. */
    static List<Change> changes(String dataset, int round, Random random) {
        List<Change> changes = new ArrayList<>();
        for (int commit = 1; commit <= 6; commit++) {
            String subject = "r%03d-%d".formatted(round, random.nextInt(2));
            boolean delete = random.nextInt(4) == 0;
            changes.add(change(dataset, subject, commit, delete, random));
            if (random.nextInt(4) == 0) {
                changes.addAll(List.copyOf(changes.subList(random.nextInt(changes.size()), changes.size())));
            }
        }
        return changes;
    }

    private static Change change(String dataset, String subject, int commit, boolean delete, Random random) {
        int row = switch (dataset) {
            case SampleProvince.MARRIAGE -> random.nextInt(3);
            case SampleProvince.HOUSEHOLD -> random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
            default -> 0;
        };
        ObjectNode json = JSON.createObjectNode();
        json.put(
                "key",
                dataset.equals(SampleProvince.MARRIAGE)
                        ? subject + "|husband:" + row
                        : row == 0 ? subject : subject + "|" + row);
        json.put("row", dataset.substring(0, 2) + subject + row);
        json.put("pos", "1." + commit + ".0.0");
        if (random.nextInt(3) != 0) {
            json.put("at", ReconcileDriver.START.plusSeconds(commit).toString());
        }
        if (!delete) {
            json.set("value", value(dataset, subject, random));
        }
        return new Change("src." + dataset, json);
    }

    private static ObjectNode value(String dataset, String subject, Random random) {
        ObjectNode value = JSON.createObjectNode();
        String name = NAMES.get(random.nextInt(NAMES.size()));
        if (dataset.equals(SampleProvince.MARRIAGE)) {
            return value.put("husband_name", name)
                    .put("reg_date", 18_000 + random.nextInt(3))
                    .put("marital_status", random.nextBoolean() ? "20" : "40")
                    .put("subject_role", "husband");
        }
        value.put("citizen_id", subject).put("full_name", name);
        if (random.nextInt(4) != 0) {
            value.put("birth_date", 7_000 + random.nextInt(2)).put("gender_code", random.nextBoolean() ? "1" : "9");
        }
        if (random.nextBoolean()) {
            value.put("hukou_address", "翠湖路" + random.nextInt(3)).put("hukou_division", "53010" + random.nextInt(3));
        }
        return value;
    }

    /** Mixes the sources, each in its own order. */
    static List<Change> interleave(List<List<Change>> sources, Random random) {
        List<List<Change>> rest = new ArrayList<>();
        sources.forEach(source -> rest.add(new ArrayList<>(source)));
        List<Change> mixed = new ArrayList<>();
        while (!rest.isEmpty()) {
            List<Change> source = rest.get(random.nextInt(rest.size()));
            if (source.isEmpty()) {
                rest.remove(source);
            } else {
                mixed.add(source.removeFirst());
            }
        }
        return mixed;
    }
}
