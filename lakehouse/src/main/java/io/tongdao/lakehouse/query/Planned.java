package io.tongdao.lakehouse.query;

import java.util.List;
import java.util.Locale;

/**
 * What Iceberg planned of a table for a query.
 *
 * @param files to read
 * @param allFiles that the table has
 * @param rows in the files to read, dead ones too
 * @param allRows in the table's files
 * @param deleted rows that deletion vectors mark in the files to read
 */
record Planned(TableRef ref, List<String> files, long allFiles, long rows, long allRows, long deleted) {
    /** In one line, for the one who asked. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s: %,d of %,d files, %,d of %,d rows, %,d of them deleted",
                ref.shown(),
                files.size(),
                allFiles,
                rows,
                allRows,
                deleted);
    }
}
