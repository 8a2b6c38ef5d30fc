package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.sink.RowShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A version of a table as a DuckDB view: Iceberg plans the files, DuckDB reads them and leaves out what deletion vectors mark. */
final class TableView {
    private static final String DEAD = "_dead";
    private static final String HERE = "memory.";

    private final TableVersion version;
    private final Expression filter;
    private final String dead;
    private final List<String> whole = new ArrayList<>();
    private final List<String> marked = new ArrayList<>();
    private long rows;
    private long deleted;

    /**
     * @param filter a file in which no row fulfils it is not read
     * @param number of no other table of the query
     */
    TableView(TableVersion version, Expression filter, int number) {
        this.version = version;
        this.filter = filter;
        this.dead = "of" + number;
    }

    /** Makes the view. */
    Planned create(DuckDBConnection duck, Hidden hidden) throws SQLException {
        plan(duck);
        String seen = hidden.isEmpty() ? "" : " where " + hidden.seen(version.columns());
        create(duck, version.ref(), select() + seen);
        return planned();
    }

    /** A view that has the columns and no row. */
    static void createEmpty(DuckDBConnection duck, TableVersion version) throws SQLException {
        create(duck, version.ref(), ColumnTypes.none(version.columns()));
    }

    /** A view of one file as it stands; the file. */
    static String create(DuckDBConnection duck, TableRef ref, Path parquet) throws SQLException {
        String file = parquet.toAbsolutePath().toString();
        create(duck, ref, "select * from read_parquet(" + Sql.literal(file) + ")");
        return file;
    }

    private static void create(DuckDBConnection duck, TableRef ref, String select) throws SQLException {
        Sql.run(duck, "create view " + ref.sql() + " as " + select);
    }

    private void plan(DuckDBConnection duck) throws SQLException {
        Snapshot snapshot = version.snapshot();
        if (snapshot == null) {
            return;
        }
        Sql.run(duck, "create schema if not exists " + DEAD);
        Sql.run(duck, "create table " + DEAD + ".bytes_" + dead + "(_file varchar, _rows blob)");
        try (CloseableIterable<FileScanTask> tasks = version.table()
                        .newScan()
                        .useSnapshot(snapshot.snapshotId())
                        .filter(filter)
                        .planFiles();
                DuckDBAppender appender = duck.createAppender(DEAD, "bytes_" + dead)) {
            for (FileScanTask task : tasks) {
                add(task, appender);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't plan " + version.ref().table(), e);
        }
        Sql.run(
                duck,
                "create table %1$s.%2$s as select _file, _rows::bit as _rows from %1$s.bytes_%2$s"
                        .formatted(DEAD, dead));
        Sql.run(duck, "drop table " + DEAD + ".bytes_" + dead);
    }

    private void add(FileScanTask task, DuckDBAppender appender) throws SQLException {
        String path = local(task.file().location());
        rows += task.file().recordCount();
        if (task.deletes().isEmpty()) {
            whole.add(path);
            return;
        }
        marked.add(path);
        appender.beginRow();
        appender.append(path);
        appender.append(bits(task));
        appender.endRow();
    }

    /** One bit a row of the file, set if it is dead. */
    private byte[] bits(FileScanTask task) {
        PositionDeleteIndex positions = new BaseDeleteLoader(
                        file -> version.table().io().newInputFile(file))
                .loadPositionDeletes(task.deletes(), task.file().location());
        deleted += positions.cardinality();
        byte[] bits = new byte[Math.toIntExact((task.file().recordCount() + 7) / 8)];
        positions.forEach(row -> bits[(int) (row >> 3)] |= (byte) (0x80 >> (row & 7)));
        return bits;
    }

    private Planned planned() {
        List<String> files = new ArrayList<>(whole);
        files.addAll(marked);
        return new Planned(
                version.ref(),
                files,
                version.total(SnapshotSummary.TOTAL_DATA_FILES_PROP),
                rows,
                version.total(SnapshotSummary.TOTAL_RECORDS_PROP),
                deleted);
    }

    private String select() {
        List<NestedField> columns = version.columns();
        String names = columns.stream().map(column -> Sql.quoted(column.name())).collect(Collectors.joining(", "));
        List<String> parts = new ArrayList<>();
        boolean widened = version.widened();
        if (widened || (whole.isEmpty() && marked.isEmpty())) {
            parts.add(ColumnTypes.none(columns));
        }
        String wanted = widened ? "* exclude (" + RowShape.PARTITION : names;
        String byName = widened ? ", union_by_name = true" : "";
        if (!whole.isEmpty()) {
            parts.add(
                    "select " + wanted + (widened ? ")" : "") + " from read_parquet(" + Sql.list(whole) + byName + ")");
        }
        if (!marked.isEmpty()) {
            parts.add("select " + wanted + (widened ? ", filename, file_row_number, _file, _rows)" : "")
                    + " from read_parquet(" + Sql.list(marked) + byName
                    + ", filename = true, file_row_number = true) r join " + HERE + DEAD + "." + dead
                    + " d on d._file = r.filename where get_bit(d._rows, r.file_row_number::integer) = 0");
        }
        return "select " + names + " from (" + String.join(" union all by name ", parts) + ")";
    }

    private static String local(String location) {
        return location.startsWith("file:") ? location.replaceFirst("^file:(//)?", "") : location;
    }
}
