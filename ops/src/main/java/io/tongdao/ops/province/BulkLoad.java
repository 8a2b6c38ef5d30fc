package io.tongdao.ops.province;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills one agency's table as fast as its engine takes rows. The marker comes last: an interrupted load starts again. */
sealed interface BulkLoad {
    int REPORT_EVERY = 5_000;

    /** Writes all rows. */
    void rows(Connection connection, AgencyTable table, Iterator<Row> rows, ProvinceDatabases.Progress progress)
            throws SQLException;

    AgencyTable table();

    static BulkLoad of(AgencyTable table) {
        return table.mariadb() ? new Batches(table) : new Copy(table);
    }

    /** Tables, rows and marker, committed together where the engine can. */
    default void load(Generator generator, ProvinceDatabases databases, ProvinceDatabases.Progress progress)
            throws SQLException {
        try (Connection connection = databases.open(table())) {
            connection.setAutoCommit(false);
            Marker.create(connection);
            define(connection);
            rows(connection, table(), generator.rows(table()).iterator(), progress);
            Marker.mark(connection, table(), generator);
            connection.commit();
        }
    }

    private void define(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + table().table());
            for (String sql : table().definition()) {
                statement.execute(sql);
            }
        }
    }

    /** PostgreSQL's COPY, in text form. */
    record Copy(AgencyTable table) implements BulkLoad {
        private static final int CHUNK = 1 << 16;

        @Override
        public void rows(
                Connection connection, AgencyTable table, Iterator<Row> rows, ProvinceDatabases.Progress progress)
                throws SQLException {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table.table() + " (" + String.join(",", table.columns()) + ") FROM STDIN");
            StringBuilder chunk = new StringBuilder(CHUNK + 4096);
            long count = 0;
            while (rows.hasNext()) {
                line(rows.next(), chunk);
                count++;
                if (chunk.length() >= CHUNK) {
                    write(copy, chunk);
                }
                if (count % REPORT_EVERY == 0) {
                    progress.loaded(table, count);
                }
            }
            write(copy, chunk);
            copy.endCopy();
            progress.loaded(table, count);
        }

        private static void write(CopyIn copy, StringBuilder chunk) throws SQLException {
            byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            chunk.setLength(0);
        }

        private static void line(Row row, StringBuilder out) {
            for (int i = 0; i < row.values().length; i++) {
                out.append(i == 0 ? "" : "\t").append(text(row.values()[i]));
            }
            out.append('\n');
        }

        private static String text(@Nullable Object value) {
            if (value == null) {
                return "\\N";
            }
            if (value.equals(LocalDate.MAX)) {
                return "infinity";
            }
            return value.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
        }
    }

    /** MariaDB: statements of many rows each. */
    record Batches(AgencyTable table) implements BulkLoad {
        private static final int ROWS = 200;

        @Override
        public void rows(
                Connection connection, AgencyTable table, Iterator<Row> rows, ProvinceDatabases.Progress progress)
                throws SQLException {
            long count = 0;
            try (PreparedStatement full = connection.prepareStatement(insert(ROWS));
                    PreparedStatement single = connection.prepareStatement(insert(1))) {
                Row[] batch = new Row[ROWS];
                int filled = 0;
                while (rows.hasNext()) {
                    batch[filled++] = rows.next();
                    count++;
                    if (filled == ROWS) {
                        write(full, batch, 0, ROWS);
                        filled = 0;
                        progress.loaded(table, count);
                    }
                }
                for (int i = 0; i < filled; i++) {
                    write(single, batch, i, 1);
                }
            }
            progress.loaded(table, count);
        }

        private String insert(int rows) {
            String row =
                    "(" + String.join(",", Collections.nCopies(table.columns().size(), "?")) + ")";
            return "INSERT INTO " + table.table() + " (" + String.join(",", table.columns()) + ") VALUES "
                    + String.join(",", Collections.nCopies(rows, row));
        }

        private static void write(PreparedStatement statement, Row[] rows, int from, int count) throws SQLException {
            int parameter = 1;
            for (int i = from; i < from + count; i++) {
                for (Object value : rows[i].values()) {
                    statement.setObject(parameter++, value);
                }
            }
            statement.executeUpdate();
        }
    }
}
