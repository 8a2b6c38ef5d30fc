package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.lakehouse.query.TableFiles.Column;
import io.tongdao.lakehouse.query.TableFiles.Format;
import io.tongdao.lakehouse.query.TableFiles.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedTableTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("name", "varchar"),
            new Column("key", "varchar"),
            new Column("born", "date"),
            new Column("wage", "decimal(10,2)"),
            new Column("_withheld", "varchar[]"));

    @TempDir
    Path dir;

    @Test
    void aFileHasTheLastRowOfEachKeyInTheOrderOfTheKeys() throws IOException {
        // Given
        Path csv = dir.resolve("data.csv");
        // When
        long rows;
        try (KeyedTable table = table("a")) {
            table.put("t1:b", row("李, \"四\"", "x", "1990-03-07", "5230.50", "[]"));
            table.put("t1:c", row("gone", "x", null, null, "[]"));
            table.put("t1:a", row("old", "x", null, null, "[]"));
            table.remove("t1:c");
            table.remove("t1:never");
            table.put("t1:a", row("", "x", null, null, "[name, wage]"));
            rows = table.write(new Target(csv, Format.CSV));
        }
        // Then
        assertThat(rows).isEqualTo(2);
        assertThat(Files.readString(csv)).isEqualTo("""
                _key,name,key,born,wage,_withheld
                t1:a,"",x,,,"[name, wage]"
                t1:b,"李, ""四""\",x,1990-03-07,5230.50,[]
                """);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whateverLedToTheSameRowsTheBytesAreTheSame(Format format) throws IOException {
        // Given
        List<String> keys = new ArrayList<>();
        for (int n = 0; n < 3_000; n++) {
            keys.add("t1:" + Integer.toHexString(n * 31));
        }
        Path straight = dir.resolve("straight");
        Path crooked = dir.resolve("crooked");
        // When
        try (KeyedTable table = table("a")) {
            for (String key : keys) {
                table.put(key, row(key, "x", "2001-01-01", "1.00", "[]"));
            }
            table.write(new Target(straight, format));
        }
        Collections.shuffle(keys, new Random(7));
        try (KeyedTable table = table("b")) {
            for (String key : keys) {
                table.put(key, row("before", "x", null, null, "[]"));
                table.remove(key + "0x");
                table.put(key, row(key, "x", "2001-01-01", "1.00", "[]"));
            }
            table.write(new Target(crooked, format));
        }
        // Then
        assertThat(crooked).hasSameBinaryContentAs(straight);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsWhatAMapWouldHold(long seed) throws IOException {
        // Given
        Random random = new Random(seed);
        Map<String, String> expected = new TreeMap<>();
        Path file = dir.resolve("data.parquet");
        // When
        try (KeyedTable table = table("a")) {
            for (int n = 0; n < 2_000; n++) {
                String key = "k" + random.nextInt(300);
                if (random.nextInt(3) == 0) {
                    expected.remove(key);
                    table.remove(key);
                } else {
                    expected.put(key, "v" + n);
                    table.put(key, row("v" + n, "x", null, null, "[]"));
                }
            }
            table.write(new Target(file, Format.PARQUET));
        }
        // Then
        Map<String, String> read = new TreeMap<>();
        TableFiles.read(file, List.of("_key", "name")).forEach(row -> read.put(row.get(0), row.get(1)));
        assertThat(read).as("seed %s", seed).isEqualTo(expected);
    }

    @Test
    void aValueThatDoesNotFitIsNotQuoted() throws IOException {
        try (KeyedTable table = table("a")) {
            table.put("k", row("x", "x", "MARKER", null, "[]"));
            assertThatThrownBy(() -> table.write(new Target(dir.resolve("data.csv"), Format.CSV)))
                    .isInstanceOf(IOException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("MARKER");
        }
    }

    private KeyedTable table(String scratch) throws IOException {
        return new KeyedTable(Files.createDirectories(dir.resolve("scratch-" + scratch)), COLUMNS);
    }

    private static List<@Nullable String> row(@Nullable String... cells) {
        return Arrays.asList(cells);
    }
}
