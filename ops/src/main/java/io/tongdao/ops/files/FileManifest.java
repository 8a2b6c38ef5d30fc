package io.tongdao.ops.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tongdao.contract.seal.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a version's data (清单): what it is, of which moment, and by what it is recognised. JSON.
 *
 * @param made when the topic's end was taken: the rows are those of that moment
 * @param topic whose state it is, {@code read_committed}
 * @param offsets partition → the offset before which everything is in it
 * @param key {@code token} or {@code clear}: what the column {@code _key} holds
 * @param items the columns, without {@code _key}, {@code _disputed} and {@code _withheld}
 * @param data the file that is picked up
 * @param sealed null: it is not
 * @param keep for how many days it can be picked up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileManifest(
        String grant,
        String consumer,
        String table,
        int epoch,
        String version,
        String made,
        String topic,
        Map<Integer, Long> offsets,
        long rows,
        String key,
        List<Item> items,
        Data data,
        @Nullable Sealed sealed,
        int keep) {
    public static final String NAME = "manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public FileManifest {
        offsets = new TreeMap<>(offsets);
        items = List.copyOf(items);
        Objects.requireNonNull(data);
        Instant.parse(made);
    }

    /**
     * A column.
     *
     * @param label in Chinese
     * @param mask {@code keep}: the value as it is
     * @param level under its mask, 1 to 4
     */
    public record Item(String item, String label, String type, String mask, int level) {}

    /** @param format csv, jsonl or parquet */
    public record Data(String file, String format, long bytes, String sm3, String sha256) {
        static Data of(Path file, String format) throws IOException {
            FileDigest digest = FileDigest.of(file);
            return new Data(file.getFileName().toString(), format, digest.bytes(), digest.sm3(), digest.sha256());
        }

        FileDigest digest() {
            return new FileDigest(bytes, sm3, sha256);
        }
    }

    /**
     * How the data is sealed.
     *
     * @param key the version of the grant's key
     * @param place what was sealed along
     * @param content the file that comes out
     */
    public record Sealed(String algorithm, int key, String place, Data content) {}

    public Instant madeAt() {
        return Instant.parse(made);
    }

    /** Whether it may be picked up no longer. */
    public boolean over(Instant now) {
        return !now.isBefore(madeAt().plus(Duration.ofDays(keep)));
    }

    void write(Path directory) throws IOException {
        Files.write(
                directory.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /** @throws FilesRefused if it is no manifest that this Tongdao can read */
    public static FileManifest read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), FileManifest.class);
        } catch (JsonProcessingException e) {
            throw new FilesRefused(file + " is no manifest of Tongdao, or a newer one's");
        }
    }
}
