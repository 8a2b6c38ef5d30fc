package io.tongdao.collect.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tongdao.collect.files.Manifest.Deletions;
import io.tongdao.collect.files.Manifest.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a manifest strictly and tells everything that is wrong with it at once. No text quotes a value of it. */
public final class ManifestReader {
    /** A manifest is a few hundred bytes. */
    public static final int LONGEST = 64 * 1024;

    private static final int FORMAT = 1;
    private static final Set<String> KEYS = Set.of(
            "format", "dataset", "kind", "sequence", "rows", "bytes", "digest", "taken_at", "deletions", "shrinks");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private ManifestReader(JsonNode root) {
        this.root = root;
    }

    /**
     * @param datasets those that come by this inbox
     * @param now a manifest from the future is a mistake
     */
    public static Manifest read(byte[] json, Collection<String> datasets, Instant now) throws UnfitFile {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UnfitFile("the manifest is not JSON, or has a key twice: line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UnfitFile("the manifest is not JSON in UTF-8");
        }
        if (root == null || !root.isObject()) {
            throw new UnfitFile("the manifest is not a JSON object");
        }
        return new ManifestReader(root).manifest(datasets, now);
    }

    private Manifest manifest(Collection<String> datasets, Instant now) throws UnfitFile {
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                problems.add("a key that no manifest has; there are: " + String.join(", ", new TreeSet<>(KEYS)));
            }
        });
        if (number("format", FORMAT) > FORMAT) {
            problems.add("format: this exchange reads format " + FORMAT);
        }
        String dataset = text("dataset", "the dataset's id, agency.dataset");
        if (!dataset.isEmpty() && !datasets.contains(dataset)) {
            problems.add(
                    "dataset: none that comes by this inbox; there are: " + String.join(", ", new TreeSet<>(datasets)));
        }
        @Nullable Kind kind = kind();
        Manifest manifest = new Manifest(
                dataset,
                kind == null ? Kind.FULL : kind,
                number("sequence", 1),
                number("rows", 0),
                number("bytes", 0),
                digest(),
                takenAt(now),
                deletions(kind),
                flag("shrinks"));
        if (!problems.isEmpty()) {
            throw new UnfitFile(problems);
        }
        return manifest;
    }

    private @Nullable Kind kind() {
        String word = text("kind", "full or delta");
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        if (!word.isEmpty()) {
            problems.add("kind: neither full nor delta");
        }
        return null;
    }

    private FileDigest digest() {
        String expected = "sha256: or sm3: and the 64 hex digits of the file's digest";
        String text = text("digest", expected);
        FileDigest digest = FileDigest.parse(text);
        if (digest == null && !text.isEmpty()) {
            problems.add("digest: not " + expected);
        }
        return digest == null ? new FileDigest(FileDigest.Algorithm.SHA256, "0".repeat(64)) : digest;
    }

    private Instant takenAt(Instant now) {
        String expected = "a time with its offset, such as 2026-11-29T02:00:00+08:00";
        String text = text("taken_at", expected);
        try {
            Instant at = text.isEmpty() ? now : OffsetDateTime.parse(text).toInstant();
            if (at.isAfter(now.plusSeconds(300))) {
                problems.add("taken_at: lies in the future; check the clock that wrote it");
            }
            return at;
        } catch (DateTimeException e) {
            problems.add("taken_at: not " + expected);
            return now;
        }
    }

    private @Nullable Deletions deletions(@Nullable Kind kind) {
        JsonNode node = root.get("deletions");
        if (node == null) {
            return null;
        }
        if (kind == Kind.FULL) {
            problems.add("deletions: only a delta has them; a full load ends what it does not have");
        }
        boolean sound = node.isObject()
                && node.size() == 2
                && node.path("column").isTextual()
                && node.path("value").isTextual()
                && !node.path("column").asText().isBlank();
        if (!sound) {
            problems.add(
                    "deletions: not {\"column\": a column's name, \"value\": what it holds where the row is gone}");
            return null;
        }
        return new Deletions(node.get("column").asText(), node.get("value").asText());
    }

    private String text(String key, String expected) {
        JsonNode node = root.get(key);
        if (node == null || !node.isTextual() || node.asText().isBlank()) {
            problems.add(key + (node == null ? ": missing; " : ": not a text; ") + "write " + expected);
            return "";
        }
        return node.asText();
    }

    private long number(String key, long least) {
        JsonNode node = root.get(key);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < least) {
            problems.add(key + (node == null ? ": missing; " : ": not such a number; ") + "write a whole number from "
                    + least);
            return least;
        }
        return node.asLong();
    }

    private boolean flag(String key) {
        JsonNode node = root.get(key);
        if (node != null && !node.isBoolean()) {
            problems.add(key + ": neither true nor false");
        }
        return node != null && node.asBoolean();
    }
}
