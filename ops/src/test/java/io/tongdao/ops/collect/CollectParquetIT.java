package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.collect.FileCollector;
import io.tongdao.collect.Reject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet in every type of the type table (ops/decisions/0063), written by another program's writer. */
class CollectParquetIT {
    private static final String KIND = "cl.kind";
    private static final String[] ITEMS = {
        "a_text",
        "a_division",
        "a_date",
        "a_time",
        "an_instant",
        "an_int",
        "a_big",
        "a_flag",
        "a_decimal",
        "a_double",
        "a_unit",
        "a_sex",
        "a_passport"
    };
    private static final String WHOLE = """
            SELECT '%s' AS SFZH, '汉字' AS c_text, '530102' AS c_division, DATE '1988-07-01' AS c_date,
              TIMESTAMP '1990-04-15 00:30:00.000001' AS c_time, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS c_instant,
              7::SMALLINT AS c_int, 9223372036854775807 AS c_big, true AS c_flag, 12345678.90::DECIMAL(18,4) AS c_decimal,
              0.1::DOUBLE AS c_double, '91530100525943511Y' AS c_unit, '1' AS c_sex, 'E12345678' AS c_passport
            """;

    @TempDir
    private static Path dir;

    private static InboxLand land;

    @BeforeAll
    static void start() throws Exception {
        land = new InboxLand(dir);
    }

    @AfterAll
    static void stop() {
        land.close();
    }

    @AfterEach
    void closeCollectors() {
        land.closeCollectors();
        assertThat(land.failures).isEmpty();
    }

    private static void parquet(Path file, String sql) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet, COMPRESSION zstd)");
        }
    }

    @Test
    void everyTypeArrivesAsADatabasesWould() throws Exception {
        // Given
        FileCollector collector = land.collect();
        String a = Ids.citizen(1);
        String b = Ids.citizen(2);
        String c = Ids.citizen(3);
        String nulls = Stream.of(
                        "c_text",
                        "c_division",
                        "c_date",
                        "c_time",
                        "c_instant",
                        "c_int",
                        "c_big",
                        "c_flag",
                        "c_decimal",
                        "c_double",
                        "c_unit",
                        "c_sex",
                        "c_passport")
                .map(column -> "NULL AS " + column)
                .reduce((x, y) -> x + ", " + y)
                .orElseThrow();
        Path file = land.inbox.resolve("a*[b]?.parquet");
        parquet(
                dir.resolve("plain.parquet"),
                WHOLE.formatted(a) + " UNION ALL BY NAME SELECT '" + b + "' AS SFZH, " + nulls
                        + " UNION ALL BY NAME SELECT * REPLACE (1.005::DECIMAL(18,4) AS c_decimal) FROM ("
                        + WHOLE.formatted(c) + ")");
        Files.move(dir.resolve("plain.parquet"), file);
        // When
        Dropped.of(file, KIND, "full", 1, 3).announce();
        land.awaitEmpty(collector);
        // Then: no instant in between in the summer times of 1986-91, an instant at the law's local time
        assertThat(land.texts("failed", ".report.txt").keySet()).noneMatch(name -> name.startsWith("cl.kind.000001."));
        assertThat(land.held(KIND, ITEMS))
                .isEqualTo(Map.of(
                        a,
                        List.of(
                                "汉字",
                                "530102",
                                "6756",
                                "640139400000001",
                                "1767254400000000",
                                "7",
                                "9223372036854775807",
                                "true",
                                "12345678.90",
                                "0.10",
                                "91530100525943511Y",
                                "1",
                                "E12345678"),
                        b,
                        java.util.Collections.nCopies(13, "null")));
        assertThat(land.rejects(KIND)).singleElement().satisfies(reject -> {
            assertThat(reject.item()).isEqualTo("a_decimal");
            assertThat(reject.file()).endsWith(":3");
        });
        assertThat(land.rejects(KIND)).extracting(Reject::code).containsExactly("decimal.too-many-fraction-digits");
    }

    @Test
    void columnsThatNoItemCanHoldAndBrokenFilesAreRefusedWhole() throws Exception {
        // Given
        FileCollector collector = land.collect();
        Path nested = land.inbox.resolve("nested.parquet");
        parquet(
                nested,
                "SELECT * REPLACE ([1, 2] AS c_int, 'x'::BLOB AS c_text) FROM (" + WHOLE.formatted(Ids.citizen(1))
                        + ")");
        Path broken = land.inbox.resolve("broken.parquet");
        Files.writeString(broken, "PAR1 and nothing more PAR1");
        // When
        Dropped.of(nested, KIND, "full", 50, 1).announce();
        Dropped.of(broken, KIND, "full", 51, 1).announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.texts("failed", ".report.txt").values())
                .anyMatch(text -> text.contains("column c_int is of a type that no item has")
                        && text.contains("column c_text is of a type that no item has"))
                .anyMatch(text -> text.contains("the file can't be read as Parquet"));
        assertThat(land.failures).isEmpty();
    }
}
