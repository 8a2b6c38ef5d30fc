package io.tongdao.lakehouse.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.sink.Lake;
import io.tongdao.lakehouse.sink.TableFeed;
import io.tongdao.lakehouse.sink.TableWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark reads every table, straight from the catalog, as {@code tongdao query} does, and finds no equality delete and no file of two
 * Kafka partitions. Runs with {@code -Pspark}; on the lakehouse of {@code -Dlake.data}, or else on one of its own.
 */
@EnabledIfSystemProperty(named = "spark.module", matches = ".+")
class SparkReadIT {
    private static final String OPENED =
            "java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent"
                    + " java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar";

    @TempDir
    Path folder;

    @Test
    void sparkReadsTheRowsThatAQueryReads() throws Exception {
        // Given
        String data = System.getProperty("lake.data", "");
        Path province = data.isBlank() ? fill() : Path.of(data);
        List<String> queried = new ArrayList<>();
        try (LakeCatalog catalog = LakeCatalog.embedded(province)) {
            LakeQuery query = LakeQuery.open(catalog, TableRights.ALL);
            for (String table : query.tables()) {
                queried.add(line(query, table, columns(catalog, table)));
            }
        }

        // When
        List<String> read = spark(LakeCatalog.lake(province));

        // Then
        read.forEach(line -> System.out.println(line.replaceFirst("\t[^\t]*", "")));
        assertThat(read).isNotEmpty().containsExactlyInAnyOrderElementsOf(queried);
    }

    private Path fill() {
        TableFeed feed = Lake.feed("base.population", "base.population", 2, 1, 0);
        try (Lake lake = new Lake(folder);
                TableWriter writer = lake.open(feed)) {
            for (int batch = 0; batch < 15; batch++) {
                for (int i = 0; i < 60; i++) {
                    int offset = batch * 60 + i;
                    String key = "k" + offset * 7 % 400;
                    writer.add(
                            offset % 9 == 8
                                    ? Lake.delete(feed, i % 2, offset, i % 2 + key)
                                    : Lake.upsert(feed, i % 2, offset, i % 2 + key, offset));
                }
                writer.commit();
            }
        }
        return folder;
    }

    private static List<String> columns(LakeCatalog catalog, String table) {
        return catalog.table(table).schema().columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.equals("_kpart"))
                .sorted()
                .toList();
    }

    private static String line(LakeQuery query, String table, List<String> columns) {
        String wanted = columns.stream().map(Sql::quoted).collect(Collectors.joining(", "));
        String digest = query.query("select " + wanted + " from " + table, SparkReadIT::digest);
        return String.join("\t", table, String.join(",", columns), digest, "0", "0");
    }

    private static String digest(ResultSet result) throws SQLException {
        BigInteger sum = BigInteger.ZERO;
        long rows = 0;
        int columns = result.getMetaData().getColumnCount();
        for (; result.next(); rows++) {
            List<Object> cells = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                cells.add(ordered(Cells.of(result, column)));
            }
            sum = sum.add(new BigInteger(1, sha(cells.toString())));
        }
        return rows + "\t" + sum.mod(BigInteger.ONE.shiftLeft(256)).toString(16);
    }

    private static Object ordered(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                Map<String, Object> entries = new TreeMap<>();
                map.forEach((key, value) -> entries.put(key.toString(), ordered(value)));
                yield entries;
            }
            case List<?> list -> list.stream().map(SparkReadIT::ordered).toList();
            case null, default -> String.valueOf(plain);
        };
    }

    private static byte[] sha(String row) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(row.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> spark(Path lake) throws IOException, InterruptedException {
        Path module = Path.of(System.getProperty("spark.module"));
        String classpath =
                module.resolve("target/classes") + ":" + Files.readString(module.resolve("target/classpath"));
        Path log = module.resolve("target/spark.log");
        List<String> command = new ArrayList<>(List.of(jdk().resolve("bin/java").toString(), "-Xmx1g"));
        Stream.of(OPENED.split(" "))
                .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                .forEach(command::add);
        Path out = folder.resolve("digests");
        command.addAll(
                List.of("-cp", classpath, "io.tongdao.lakehouse.spark.TableDigests", lake.toString(), out.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).as("Spark ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("Spark succeeds; else see " + log).isZero();
        return Files.readAllLines(out);
    }

    /** Spark 4.1 runs on JDK 17 and 21, not on 25. */
    private static Path jdk() throws IOException {
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            Stream<Path> named = Stream.of(System.getProperty("spark.jdk", ""), System.getenv("JAVA_HOME"))
                    .filter(Objects::nonNull)
                    .filter(name -> !name.isBlank())
                    .map(Path::of);
            return Stream.concat(named, installed.sorted())
                    .filter(SparkReadIT::runsSpark)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Spark needs a JDK 17 or 21: give one by -Dspark.jdk"));
        }
    }

    private static boolean runsSpark(Path jdk) {
        try {
            String release = Files.readString(jdk.resolve("release"));
            return IntStream.rangeClosed(17, 21).anyMatch(major -> release.contains("JAVA_VERSION=\"" + major));
        } catch (IOException e) {
            return false;
        }
    }
}
