package io.tongdao.lakehouse.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads every table of a lakehouse with Spark, straight from its SQLite catalog, and writes one line for each, tab-separated: table,
 * columns, rows, digest, equality-delete files, data files whose keys are not of one Kafka partition. A digest is that of {@link
 * RowDigest}; no value leaves.
 */
public final class TableDigests {
    private TableDigests() {}

    /** @param args the lakehouse's folder ({@code DATA/lake}), the file to write */
    public static void main(String[] args) throws IOException {
        Path lake = Path.of(args[0]).toAbsolutePath().normalize();
        List<String> lines = new ArrayList<>();
        try (SparkSession spark = session(lake)) {
            for (Row namespace : spark.sql("show namespaces in lake").collectAsList()) {
                for (Row table : spark.sql("show tables in lake." + quoted(namespace.getString(0)))
                        .collectAsList()) {
                    lines.add(line(spark, namespace.getString(0), table.getString(1)));
                }
            }
        }
        Files.write(Path.of(args[1]), lines);
    }

    private static SparkSession session(Path lake) {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.lake.catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
                .config("spark.sql.catalog.lake.uri", "jdbc:sqlite:" + lake.resolve("catalog.db"))
                .config(
                        "spark.sql.catalog.lake.warehouse",
                        lake.resolve("warehouse").toString())
                .config("spark.sql.catalog.lake.jdbc.schema-version", "V1")
                .getOrCreate();
    }

    private static String line(SparkSession spark, String namespace, String table) {
        String name = "lake." + quoted(namespace) + "." + quoted(table);
        Dataset<Row> whole = spark.table(name);
        String[] columns = Arrays.stream(whole.columns())
                .filter(c -> !c.equals("_kpart"))
                .sorted()
                .toArray(String[]::new);
        RowDigest digest = new RowDigest();
        Dataset<Row> rows = whole.selectExpr(
                Arrays.stream(columns).map(TableDigests::quoted).toArray(String[]::new));
        for (Iterator<Row> each = rows.toLocalIterator(); each.hasNext(); ) {
            digest.add(SparkCells.text(each.next()).getBytes(StandardCharsets.UTF_8));
        }
        return String.join(
                "\t",
                namespace + "." + table,
                String.join(",", columns),
                Long.toString(digest.rows()),
                digest.toString(),
                count(spark, name + ".all_delete_files where content = 2"),
                count(
                        spark,
                        name + ".data_files where not coalesce(readable_metrics._kpart.lower_bound"
                                + " = readable_metrics._kpart.upper_bound, false)"));
    }

    private static String count(SparkSession spark, String from) {
        return Long.toString(spark.sql("select count(*) from " + from).first().getLong(0));
    }

    private static String quoted(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }
}
