package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.query.Pushdown.Need;
import io.tongdao.lakehouse.query.Readable.Found;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.expressions.Expressions;
import org.duckdb.DuckDBConnection;

/** One query in a DuckDB of its own: its tables are views there, the files behind them may be read, and nothing else can be. */
final class Answering implements AutoCloseable {
    private final DuckDBConnection duck;
    private final Asked asked;
    private final TableRights rights;
    private final List<Planned> plan = new ArrayList<>();
    private final Set<String> allowed = new TreeSet<>();
    private String before = "";

    private Answering(DuckDBConnection duck, Asked asked, TableRights rights) {
        this.duck = duck;
        this.asked = asked;
        this.rights = rights;
    }

    /** @param written files that the query may make */
    static Answering open(Readable readable, TableRights rights, Asked asked, List<Path> written) throws SQLException {
        Answering answering = new Answering(duck(), asked, rights);
        try {
            written.forEach(file -> answering.allowed.add(file.toAbsolutePath().toString()));
            answering.expose(readable);
            answering.shut();
            return answering;
        } catch (SQLException | RuntimeException e) {
            answering.close();
            throw e;
        }
    }

    private static DuckDBConnection duck() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        DuckDBConnection duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        set(duck, "errors_as_json = true");
        set(duck, "autoinstall_known_extensions = false");
        set(duck, "autoload_known_extensions = false");
        set(duck, "memory_limit = " + Sql.literal(LakeQuery.MEMORY));
        set(duck, "temp_directory = ''");
        set(duck, "TimeZone = 'Asia/Shanghai'");
        return duck;
    }

    private static void set(DuckDBConnection duck, String setting) throws SQLException {
        Sql.run(duck, "set " + setting);
    }

    private void expose(Readable readable) throws SQLException {
        Mentions mentions = Mentions.of(duck, asked);
        Map<TableRef, TableVersion> versions = new LinkedHashMap<>();
        for (String moment : asked.moments()) {
            Sql.run(duck, "attach ':memory:' as " + Sql.quoted(moment));
        }
        for (TableRef each : mentions.tables()) {
            place(readable.find(each), versions);
        }
        if (mentions.all()) {
            list(readable, versions);
        }
        Map<TableRef, Need> needs = Pushdown.of(duck, asked.sql(), versions);
        for (TableVersion version : versions.values()) {
            Need need = needs.getOrDefault(version.ref(), new Need(Expressions.alwaysTrue(), Set.of()));
            TableView view = new TableView(version, need.filter(), plan.size());
            plan.add(view.create(duck, hidden(version)));
        }
        plan.forEach(each -> allowed.addAll(each.files()));
    }

    /** Of former states; of its own tables an agency sees all. */
    private Hidden hidden(TableVersion version) {
        return version.ref().moment().isEmpty()
                ? Hidden.NONE
                : rights.hidden(version.ref().table());
    }

    private void place(Found found, Map<TableRef, TableVersion> versions) throws SQLException {
        switch (found) {
            case Found.InLake(TableVersion version) -> {
                if (versions.put(version.ref(), version) == null) {
                    makeSchema(version.ref());
                }
            }
            case Found.InFile(TableRef ref, Path parquet) -> {
                makeSchema(ref);
                allowed.add(TableView.create(duck, ref, parquet));
            }
        }
    }

    /** Those that are only listed have their columns, and nothing is planned of them. */
    private void list(Readable readable, Map<TableRef, TableVersion> versions) throws SQLException {
        for (String table : readable.tables()) {
            switch (readable.find(TableRef.now(table))) {
                case Found.InLake(TableVersion version)
                when !versions.containsKey(version.ref()) -> {
                    makeSchema(version.ref());
                    TableView.createEmpty(duck, version);
                }
                case Found.InLake named -> {}
                case Found.InFile(TableRef ref, Path parquet) -> {
                    makeSchema(ref);
                    allowed.add(TableView.create(duck, ref, parquet));
                }
            }
        }
    }

    private void makeSchema(TableRef table) throws SQLException {
        String database = table.moment().isEmpty() ? "" : Sql.quoted(table.moment()) + ".";
        Sql.run(duck, "create schema if not exists " + database + Sql.quoted(table.schema()));
    }

    private void shut() throws SQLException {
        set(duck, "allowed_paths = " + Sql.list(allowed));
        set(duck, "enable_external_access = false");
        set(duck, "lock_configuration = true");
    }

    Statement statement() throws SQLException {
        return duck.createStatement();
    }

    ResultSet result(Statement statement) throws SQLException {
        return asked.explain() ? explained(statement) : statement.executeQuery(asked.sql());
    }

    /** What Iceberg planned, and what DuckDB makes of it. */
    private ResultSet explained(Statement statement) throws SQLException {
        StringBuilder lines = new StringBuilder();
        plan.forEach(each -> lines.append(each.line()).append('\n'));
        try (ResultSet result = statement.executeQuery(before("explain ") + asked.sql())) {
            while (result.next()) {
                lines.append(result.getString(2));
            }
        }
        String text = lines.toString().strip();
        PreparedStatement plain = duck.prepareStatement("select unnest(string_split(?, chr(10))) as plan");
        plain.setString(1, text);
        return plain.executeQuery();
    }

    long copy(Statement statement, Path file) throws SQLException {
        String copy = before("copy (") + asked.sql() + "\n) to "
                + Sql.literal(file.toAbsolutePath().toString())
                + " (format parquet, compression zstd, use_tmp_file false)";
        return statement.executeUpdate(copy);
    }

    /** What went wrong, for the one who asked; a query that failed without a word runs once more, without its rows, to say it. */
    QueryRefused refusal(SQLException failure) {
        SQLException said = failure;
        if (Mistake.isMute(failure)) {
            try (Statement again = duck.createStatement()) {
                again.execute(before("explain analyze ") + asked.sql());
            } catch (SQLException e) {
                said = e;
            }
        }
        return Mistake.of(said, asked, before.length());
    }

    /** What DuckDB is given before the query. */
    private String before(String words) {
        before = words;
        return words;
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
