package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.lakehouse.query.ResultPrinter.Format;
import io.tongdao.lakehouse.query.TableRights.Right;
import io.tongdao.lakehouse.sink.Lake;
import io.tongdao.lakehouse.sink.TableFeed;
import io.tongdao.lakehouse.sink.TableWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakeQueryTest {
    private static final TableFeed BASE = Lake.feed("base.population", "base.population", 2, 1, 0);
    private static final TableFeed HIDDEN = Lake.feed("src_ga.household", "src.ga.household", 1, 1, 0);

    @TempDir
    Path folder;

    private Lake lake;
    private LakeQuery query;

    @BeforeEach
    void fill() {
        lake = new Lake(folder);
        TableWriter writer = lake.open(BASE);
        for (int i = 0; i < 100; i++) {
            writer.add(Lake.upsert(BASE, partition("k" + i), i, "k" + i, i));
        }
        writer.commit();
        for (int i = 0; i < 10; i++) {
            writer.add(Lake.upsert(BASE, partition("k" + i), 100 + i, "k" + i, 1000 + i));
        }
        writer.add(Lake.delete(BASE, partition("k20"), 110, "k20"));
        writer.commit();
        lake.open(HIDDEN);
        query = LakeQuery.open(lake.catalog, LakeQueryTest::base);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void seesWhatIcebergsOwnReaderSees() {
        // When
        Map<String, Long> rows = query.query("select _key, score from base.population", result -> {
            Map<String, Long> read = new TreeMap<>();
            while (result.next()) {
                read.put(result.getString(1), result.getLong(2));
            }
            return read;
        });

        // Then
        assertThat(rows).hasSize(99).isEqualTo(lake.rows("base.population"));
    }

    @Test
    void rendersEveryTypeInEveryFormat() {
        // Given
        String sql = "select * from base.population where _key = 'k3'";

        // When
        String json = print(sql, Format.JSON);
        String csv = print(sql, Format.CSV);
        String table = print(sql, Format.TABLE);

        // Then
        assertThat(json)
                .isEqualTo(
                        "[\n{\"_key\":\"k3\",\"full_name\":\"名k3\",\"birth_date\":\"1972-09-30\",\"score\":1003,"
                                + "\"capital\":1003.00,\"seen\":\"1970-01-01T00:16:43\",\"_sources\":{\"full_name\":{"
                                + "\"dataset\":\"ga.household_population\",\"pos\":\"010203\",\"at\":\"2023-11-14T22:13:20Z\","
                                + "\"rule\":\"source_of_record\"}},\"_disputed\":[\"mobile\"],\"_at\":\"2023-11-14T22:13:20.103Z\"}\n]\n");
        assertThat(csv.lines())
                .containsExactly(
                        "_key,full_name,birth_date,score,capital,seen,_sources,_disputed,_at",
                        "k3,名k3,1972-09-30,1003,1003.00,1970-01-01T00:16:43,\"{\"\"full_name\"\":{\"\"dataset\"\":\"\"ga.household_population\"\","
                                + "\"\"pos\"\":\"\"010203\"\",\"\"at\"\":\"\"2023-11-14T22:13:20Z\"\",\"\"rule\"\":\"\"source_of_record\"\"}}\","
                                + "\"[\"\"mobile\"\"]\",2023-11-14T22:13:20.103Z");
        assertThat(table.lines()).hasSize(4).last().isEqualTo("(1 row)");
    }

    @Test
    void anEmptyTableHasItsColumns() {
        // Given
        LakeQuery all = LakeQuery.open(lake.catalog, TableRights.ALL);

        // When
        String csv =
                all.query("select full_name, capital, _sources from src_ga.household", r -> printed(r, Format.CSV));

        // Then
        assertThat(csv).isEqualTo("full_name,capital,_sources\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select * from base.poplation                      | no table base.poplation; did you mean base.population?
            select * from src_ga.household                    | no table src_ga.household; there are base.population
            select * from read_csv('/etc/passwd')             | table function read_csv is not available here
            select * from '/etc/passwd'                       | no table /etc/passwd
            select * from base.population at (version => 1)   | write FROM table AS OF '2026-11-30'
            select * from iceberg_scan('lake/base/population')| table function iceberg_scan is not available here
            select * from read_parquet('lake/base/population/data/*.parquet') | table function read_parquet is not available here
            from base.population_snapshots                    | no table base.population_snapshots
            drop view base.population                         | only SELECT
            select 1; select 2                                | one statement at a time
            selec 1                                           | line 1, column 1: syntax error at or near "selec"
            select 1, scor from base.population               | line 1, column 11: Referenced column "scor" not found in FROM clause!; did you mean score
            select nothing from base.population               | line 1, column 8: Referenced column "nothing"
            select '名', scor from base.population             | line 1, column 13: Referenced column "scor"
            select x.a from base.population as of '2020-01-01' x  | how base.population stood at 2020-01-01 is not kept; kept are no day's end yet and every state since
            select * from base.population as of '2999-01-01'  | 2999-01-01 has not come yet
            select * from src_ga.household as of '2020-01-01' | no table src_ga.household; there are base.population
            select * from as of '2020-01-01'                  | AS OF stands behind a table's whole name
            select 1, scor from base.population as of '2999-01-01T00:00' | line 1, column 11: Referenced column "scor"
            explain select * from src_ga.household            | no table src_ga.household
            explain analyze select 1                          | EXPLAIN ANALYZE is not answered
            explain delete from base.population               | only SELECT
            select * from duckdb_tables()                     | table function duckdb_tables is not available here
            select * from duckdb_settings()                   | table function duckdb_settings is not available here
            select * from pg_catalog.pg_tables                | no table pg_catalog.pg_tables
            select * from sqlite_master                       | no table sqlite_master
            select * from query('select 1')                   | table function query is not available here
            copy base.population to '/tmp/x.csv'              | only SELECT
            attach '/tmp/x.db' as x                           | only SELECT
            set memory_limit = '10GB'                         | only SELECT
            install httpfs                                    | only SELECT
            select full_name::int from base.population        | line 1, column 17: a value can't be converted to INT32; try_cast gives null instead
            select strptime(full_name, '%Y') from base.population | a function can't take a value; try(…) gives null instead
            select error(full_name) from base.population      | a function can't take a value
            select score * 1000000000000000000 from base.population | a number is out of its type's range
            """)
    void refusesInOneLine(String sql, String message) {
        // Then
        assertThatThrownBy(() -> query.query(sql, result -> null))
                .isInstanceOf(QueryRefused.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("名k")
                .hasNoCause();
    }

    @Test
    void answersAsOfACommit() {
        // Given
        var history = lake.catalog.table("base.population").history();
        long first = history.get(0).snapshotId();

        // When
        String then = print("select count(*) n, max(score) m from base.population as of " + first + " p", Format.CSV);
        String both = print(
                "select p.score s, base.population.score t from base.population as of '" + first
                        + "' p join base.population on p._key = base.population._key where p._key = 'k3'",
                Format.CSV);
        String now = print("select count(*) n from base.population as of '2999-01-01T00:00'", Format.CSV);

        // Then
        assertThat(then).isEqualTo("n,m\r\n100,99\r\n");
        assertThat(both).isEqualTo("s,t\r\n3,1003\r\n");
        assertThat(now).isEqualTo("n\r\n99\r\n");
    }

    @Test
    void explainsWhatIsReadAndHow() {
        // When
        String plan = print("explain select full_name from base.population where score = 3;", Format.TABLE);
        String lookUp = print("explain select full_name from base.population where _key = 'k3'", Format.TABLE);

        // Then
        assertThat(plan).contains("base.population: 4 of 4 files, 110 of 110 rows, 11 of them deleted", "score = 3");
        assertThat(lookUp).contains("base.population: 2 of 4 files, ");
    }

    @Test
    void writesParquetWithoutTakingRowsIntoTheHeap() throws IOException {
        // Given
        Path file = folder.resolve("out.parquet");

        // When
        long rows = query.parquet("select full_name, capital from base.population where score > 1000 -- ;\n;", file);

        // Then
        assertThat(rows).isEqualTo(9);
        assertThat(TableFiles.read(file, List.of("full_name", "capital")))
                .hasSize(9)
                .contains(List.of("名k9", "1009.00"));
        assertThatThrownBy(() -> query.parquet("select scor from base.population", folder.resolve("none.parquet")))
                .hasMessageContaining("line 1, column 8: Referenced column");
    }

    @Test
    void describesATableWithItsColumns() {
        assertThat(query.columns("base.population"))
                .contains(new LakeQuery.Column("_key", "VARCHAR"), new LakeQuery.Column("capital", "DECIMAL(12,2)"))
                .noneMatch(column -> column.name().equals("_kpart"));
    }

    @Test
    void listsWhatMayBeSeen() {
        // When
        String json = print(
                "select table_schema, table_name from information_schema.tables where table_schema = 'base'",
                Format.JSON);

        // Then
        assertThat(json).isEqualTo("[\n{\"table_schema\":\"base\",\"table_name\":\"population\"}\n]\n");
        assertThat(print("SHOW tables ;", Format.CSV)).isEqualTo("name\r\nbase.population\r\n");
    }

    @Test
    void saysWhyATableOfHisIsNotAnsweredAndTellsNobodyElseThatThereIsOne() {
        // Given
        LakeQuery his = LakeQuery.open(lake.catalog, table -> switch (table) {
            case "base.population" -> new Right.Shown("share.yb.g.e2");
            case "src_ga.household" -> new Right.Closed("the grant is suspended");
            default -> new Right.Unknown();
        });

        // Then
        assertThat(his.tables()).isEmpty();
        assertThatThrownBy(() -> his.query("select 1 from BASE.population", result -> null))
                .isInstanceOf(QueryRefused.class)
                .hasMessageContaining("base.population still holds what was released before");
        assertThatThrownBy(() -> his.query("select 1 from src_ga.household", result -> null))
                .isInstanceOf(QueryRefused.class)
                .hasMessage("the grant is suspended");
    }

    @Test
    void readsATableAsLongAsItShowsWhatIsGranted() {
        // When
        LakeQuery his = LakeQuery.open(lake.catalog, table -> new Right.Shown("base.population"));

        // Then
        assertThat(his.tables()).containsExactly("base.population", "src_ga.household");
    }

    @Test
    void readsPublishedSnapshotsBesideItsTables() throws IOException {
        // Given
        Path file = folder.resolve("data.parquet");
        new TableFiles(List.of(new TableFiles.Column("county", "varchar")), List.of(List.of("530102")))
                .write(List.of(new TableFiles.Target(file, TableFiles.Format.PARQUET)));
        LakeQuery his = LakeQuery.open(lake.catalog, new TableRights() {
            @Override
            public Right on(String table) {
                return new Right.Unknown();
            }

            @Override
            public Map<String, Path> snapshots() {
                return Map.of("open.firms", file);
            }
        });

        // Then
        assertThat(his.tables()).containsExactly("open.firms");
        String county = his.query("select county from open.firms", result -> printed(result, Format.CSV));
        assertThat(county).isEqualTo("county\r\n530102\r\n");
    }

    private static int partition(String key) {
        return SubjectKey.partition(key.getBytes(StandardCharsets.UTF_8), BASE.partitions());
    }

    private static Right base(String table) {
        return table.startsWith("base.") ? new Right.Whole() : new Right.Unknown();
    }

    private String print(String sql, Format format) {
        return query.query(sql, result -> printed(result, format));
    }

    private static String printed(java.sql.ResultSet result, Format format) throws java.sql.SQLException {
        StringBuilder out = new StringBuilder();
        new ResultPrinter(format, out).print(result);
        return out.toString();
    }
}
