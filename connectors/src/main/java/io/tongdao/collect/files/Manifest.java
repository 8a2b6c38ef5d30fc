package io.tongdao.collect.files;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an agency says of a file that it drops: written last, so that the file beside it is whole.
 *
 * @param sequence counts the agency's files of the dataset, full and delta, from 1
 * @param rows without a CSV file's header
 * @param takenAt when the agency's system gave the rows
 * @param deletions how a delta says that a row is gone; null: it says of none
 * @param shrinks the agency means it where a full load ends a large part of what is held
 */
public record Manifest(
        String dataset,
        Kind kind,
        long sequence,
        long rows,
        long bytes,
        FileDigest digest,
        Instant takenAt,
        @Nullable Deletions deletions,
        boolean shrinks) {
    /** What a file's rows are. */
    public enum Kind {
        /** All rows that there are: what it does not have is gone. */
        FULL,
        /** Rows that are new, have changed or are gone since the file before. */
        DELTA;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A row whose column holds the value is gone; only the columns that tell rows apart matter in it. */
    public record Deletions(String column, String value) {}

    /** {@code <dataset>.<sequence>.<digest's beginning>}: what the file is called by wherever it is spoken of. */
    public String id() {
        return "%s.%06d.%s".formatted(dataset, sequence, digest.brief());
    }
}
