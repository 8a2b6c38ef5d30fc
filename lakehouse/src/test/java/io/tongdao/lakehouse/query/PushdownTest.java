package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.lakehouse.query.Pushdown.Need;
import io.tongdao.lakehouse.sink.Lake;
import io.tongdao.lakehouse.sink.RowShape;
import io.tongdao.lakehouse.sink.TableFeed;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.Table;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query is found to need of a table is never less than it needs. */
class PushdownTest {
    private static final TableRef POPULATION = TableRef.now("base.population");

    @TempDir
    Path folder;

    private Lake lake;
    private Table table;

    @BeforeEach
    void make() {
        TableFeed feed = Lake.feed("base.population", "base.population", 12, 1, 0);
        lake = new Lake(folder);
        lake.open(feed).close();
        table = lake.catalog.table("base.population");
        table.updateProperties().set(RowShape.PARTITIONS, "12").commit();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select score from base.population where _key = 'k1'   | (ref(name="_key") == "k1" and ref(name="_kpart") == 5)
            select 1 from base.population where birth_date >= date '2020-02-02' and score < 7 | (ref(name="birth_date") >= 18294 and ref(name="score") < 7)
            select 1 from base.population where capital = 3.5     | ref(name="capital") == 3.50
            select 1 from base.population where seen > timestamp '2020-02-02 01:02:03.5' | ref(name="seen") > 1580605323500000
            select 1 from base.population where _at <= timestamptz '2020-02-02 01:02:03.5+08' | ref(name="_at") <= 1580576523500000
            select 1 from base.population where full_name is null | is_null(ref(name="full_name"))
            select 1 from base.population where full_name like '王%' and score is not null | ((ref(name="full_name") >= "王" and ref(name="full_name") < "玌") and not_null(ref(name="score")))
            select 1 from base.population where score % 2 = 1     | true
            select 1 from base.population where score <> 7        | true
            select 1 from base.population where score = 7 or full_name = 'x' | true
            select 1 from base.population where _disputed[1] = 'x' | true
            select count(*) from base.population                  | true
            select min(score), max(score) from base.population    | true
            select * from base.population where score = 3 limit 1 | ref(name="score") == 3
            select 1 from base.population a join base.population b on a._key = b.full_name where a.score = 3 | true
            select 1 from base.population where score = 3 union all select 1 from base.population where score = 4 | (ref(name="score") == 3 or ref(name="score") == 4)
            select 1 from base.population where score = (select max(score) from base.population) | true
            select * from (values (1)) v(x) left join base.population on score = 3 | ref(name="score") == 3
            """)
    void filtersAreIcebergsOwn(String sql, String filter) throws SQLException {
        assertThat(need(sql).filter().toString()).isEqualTo(filter);
    }

    @Test
    void whatCannotBeToldIsReadWhole() throws SQLException {
        assertThat(needs("summarize base.population")).isEmpty();
        assertThat(needs("select * from base.population left join (values (1)) v(x) on score = 3"))
                .isEmpty();
        assertThat(needs("select 1 from base.population where 1 = 0")).isEmpty();
    }

    @Test
    void columnsAreThoseThatAreRead() throws SQLException {
        assertThat(need("select full_name from base.population where score = 3 order by seen")
                        .columns())
                .containsExactlyInAnyOrder("full_name", "score", "seen");
    }

    private Need need(String sql) throws SQLException {
        return needs(sql).get(POPULATION);
    }

    private Map<TableRef, Need> needs(String sql) throws SQLException {
        try (DuckDBConnection duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:")) {
            Sql.run(duck, "create schema base");
            return Pushdown.of(duck, sql, Map.of(POPULATION, new TableVersion(POPULATION, table, null)));
        }
    }
}
