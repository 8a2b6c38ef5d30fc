package io.tongdao.collect;

import io.tongdao.contract.serde.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code flag.schema}, keyed by dataset: a source table's shape, and how it has left the one that the dataset was last
 * read with. Addressed to the catalogue's owner; names of columns, never a value.
 *
 * @param epoch the dataset's, when this was seen
 * @param accepted the shape that rows are still taken over with
 * @param changes since the table was last read whole; empty: none
 * @param at when the source committed the first row that showed it; null: a snapshot did
 */
public record SchemaFlag(
        String dataset,
        int epoch,
        TableShape accepted,
        List<Change> changes,
        @Nullable Instant at) {
    /**
     * One column's change.
     *
     * @param column as the source names it; empty: the table's primary key
     * @param item the catalogue's item that it feeds; empty: none
     * @param now the column's type, its new name, or the new key; empty: it is gone
     * @param compatible rows flow on; else they wait in {@code flag.reject} until the catalogue follows
     */
    public record Change(String column, String item, Kind kind, String now, boolean compatible) {
        /** For people, in one line. */
        public String line() {
            return (column.isEmpty() ? "" : "column " + column + ' ')
                    + kind.word()
                    + (now.isEmpty() ? "" : " (now " + now + ')')
                    + (compatible ? ", rows flow on" : ", rows wait in quarantine");
        }
    }

    /** What became of a column or of the key. */
    public enum Kind {
        ADDED("added"),
        DROPPED("dropped"),
        RENAMED("renamed"),
        WIDENED("widened"),
        NARROWED("narrowed"),
        RETYPED("retyped"),
        KEY_CHANGED("key-changed"),
        /** The source no longer sends rows as they were before a change: deletions can't be told. */
        BEFORE_IMAGE_LOST("before-image-lost");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** The code of the rows that wait because of it. */
        String code() {
            return switch (this) {
                case KEY_CHANGED, BEFORE_IMAGE_LOST -> "schema." + word;
                case ADDED, DROPPED, RENAMED, WIDENED, NARROWED, RETYPED -> "schema.column-" + word;
            };
        }
    }

    private static final JsonFormat<SchemaFlag> FORMAT = new JsonFormat<>(SchemaFlag.class);

    /** The first change that holds the table's rows back, null: they flow. */
    public @Nullable Change holding() {
        return changes.stream().filter(c -> !c.compatible()).findFirst().orElse(null);
    }

    byte[] key() {
        return dataset.getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    public static SchemaFlag parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
