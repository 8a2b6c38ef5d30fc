package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.lakehouse.query.ResultPrinter.Format;
import io.tongdao.lakehouse.query.TableRights.Right;
import io.tongdao.lakehouse.sink.Lake;
import io.tongdao.lakehouse.sink.TableFeed;
import io.tongdao.lakehouse.sink.TableWriter;
import java.io.IOException;
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
            writer.add(Lake.upsert(BASE, i % 2, i, "k" + i, i));
        }
        writer.commit();
        for (int i = 0; i < 10; i++) {
            writer.add(Lake.upsert(BASE, i % 2, 100 + i, "k" + i, 1000 + i));
        }
        writer.add(Lake.delete(BASE, 0, 110, "k20"));
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
            select * from base.population at (version => 1)   | does not support time travel
            select * from iceberg_scan('lake/base/population')| table function iceberg_scan is not available here
            select * from read_parquet('lake/base/population/data/*.parquet') | table function read_parquet is not available here
            from base.population_snapshots                    | no table base.population_snapshots
            drop view base.population                         | only SELECT
            select 1; select 2                                | one statement at a time
            selec 1                                           | syntax error
            select nothing from base.population               | nothing
            """)
    void refusesInOneLine(String sql, String message) {
        // Then
        assertThatThrownBy(() -> query.query(sql, result -> null))
                .isInstanceOf(QueryRefused.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void listsWhatMayBeSeen() {
        // When
        String json = print(
                "select table_schema, table_name from information_schema.tables where table_schema = 'base'",
                Format.JSON);

        // Then
        assertThat(json).isEqualTo("[\n{\"table_schema\":\"base\",\"table_name\":\"population\"}\n]\n");
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
