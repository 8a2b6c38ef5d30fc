package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.commit.LakeCatalog;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * SQL over the lakehouse for one who may see some of its tables. Each query runs in a DuckDB of its own in memory, on the tables'
 * snapshots of that moment; it can read the files of the tables that it names and nothing else, and change nothing.
 */
public final class LakeQuery {
    /** What one query may take, beside the JVM's heap. */
    static final String MEMORY = "1GB";

    private final Readable readable;
    private final TableRights rights;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();
    private volatile boolean cancelled;

    private LakeQuery(LakeCatalog catalog, TableRights rights) {
        this.readable = new Readable(catalog, rights);
        this.rights = rights;
    }

    /** @param rights of the one who asks */
    public static LakeQuery open(LakeCatalog catalog, TableRights rights) {
        return new LakeQuery(catalog, rights);
    }

    /** Reads a result while it streams. */
    public interface Reading<T> {
        T read(ResultSet result) throws SQLException;
    }

    /** The tables that may be read now, snapshots among them. */
    public List<String> tables() {
        return readable.tables();
    }

    /** A column as the one who asks sees it. @param type in SQL's words */
    public record Column(String name, String type) {}

    /** @throws QueryRefused if it is none of his tables */
    public List<Column> columns(String table) {
        return query("select column_name, column_type from (describe " + named(table) + ")", result -> {
            List<Column> columns = new ArrayList<>();
            while (result.next()) {
                columns.add(new Column(result.getString(1), result.getString(2)));
            }
            return columns;
        });
    }

    private static String named(String table) {
        int dot = table.indexOf('.');
        return dot < 0
                ? Sql.quoted(table)
                : Sql.quoted(table.substring(0, dot)) + "." + Sql.quoted(table.substring(dot + 1));
    }

    /**
     * Answers one SELECT, DESCRIBE, SUMMARIZE or EXPLAIN.
     *
     * @throws QueryRefused with one line for the person: a mistake in the query, an unknown table, more than a query may do
     */
    public <T> T query(String sql, Reading<T> reading) {
        return answer(sql, List.of(), (answering, statement) -> {
            try (ResultSet result = answering.result(statement)) {
                return reading.read(result);
            }
        });
    }

    /**
     * Writes the answer to one SELECT into a Parquet file, made or overwritten.
     *
     * @return the number of its rows
     */
    public long parquet(String sql, Path file) {
        return answer(sql, List.of(file), (answering, statement) -> answering.copy(statement, file));
    }

    private interface Work<T> {
        T on(Answering answering, Statement statement) throws SQLException;
    }

    private <T> T answer(String sql, List<Path> written, Work<T> work) {
        Asked asked = Asked.of(sql);
        cancelled = false;
        try (Answering answering = Answering.open(readable, rights, asked, written);
                Statement statement = answering.statement()) {
            running.set(statement);
            try {
                return work.on(answering, statement);
            } catch (SQLException e) {
                throw cancelled ? new QueryRefused("cancelled") : answering.refusal(e);
            }
        } catch (SQLException e) {
            throw Mistake.of(e, asked, 0);
        } finally {
            running.set(null);
        }
    }

    /** Ends the query that runs now, if one does, as soon as it can be: it is refused as cancelled. For another thread to call. */
    public void cancel() {
        Statement now = running.get();
        if (now != null) {
            cancelled = true;
            try {
                now.cancel();
            } catch (SQLException e) {
                return; // it has ended by itself
            }
        }
    }
}
