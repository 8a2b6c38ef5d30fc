package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.lakehouse.query.TableFiles.Column;
import io.tongdao.lakehouse.query.TableFiles.Format;
import io.tongdao.lakehouse.query.TableFiles.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("county", "varchar"), new Column("year", "integer"), new Column("amount", "decimal(8,2)"));

    @TempDir
    Path dir;

    @Test
    void rowsStandInTheOrderOfTheirValuesInEachForm() throws IOException {
        // Given
        TableFiles files = new TableFiles(
                COLUMNS, List.of(Arrays.asList("盘龙, \"区\"", "2019", null), Arrays.asList("五华区", "2020", "1.25")));
        // When
        files.write(List.of(
                new Target(dir.resolve("data.csv"), Format.CSV),
                new Target(dir.resolve("data.json"), Format.JSON),
                new Target(dir.resolve("data.parquet"), Format.PARQUET)));
        // Then
        assertThat(Files.readAllLines(dir.resolve("data.csv")))
                .containsExactly("county,year,amount", "五华区,2020,1.25", "\"盘龙, \"\"区\"\"\",2019,");
        assertThat(Files.readAllLines(dir.resolve("data.json")))
                .containsExactly(
                        "{\"county\":\"五华区\",\"year\":2020,\"amount\":1.25}",
                        "{\"county\":\"盘龙, \\\"区\\\"\",\"year\":2019,\"amount\":null}");
        assertThat(TableFiles.read(dir.resolve("data.parquet"), List.of("year", "missing")))
                .containsExactly(Arrays.asList("2020", null), Arrays.asList("2019", null));
    }

    @Test
    void aFailureQuotesNoValue() {
        // Given
        TableFiles files = new TableFiles(COLUMNS, List.of(List.of("五华区", "MARKER", "1")));
        // When, Then
        assertThatThrownBy(() -> files.write(List.of(new Target(dir.resolve("data.csv"), Format.CSV))))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("MARKER")
                .hasNoCause();
    }
}
