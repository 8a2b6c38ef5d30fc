package io.tongdao.lakehouse.commit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The lakehouse's catalog: tables by the names that people use, {@code base.population}. Embedded it is SQLite in
 * {@code DATA/lake/catalog.db} with the files under {@code DATA/lake/warehouse}; any other Iceberg catalog by its properties.
 *
 * <p>Thread-safe, and several processes may have it open: SQLite runs in WAL mode, a writer waits for another up to 30 s.
 */
public final class LakeCatalog implements AutoCloseable {
    /** The catalog's name, part of every row of a JDBC catalog: Spark must call it the same. */
    public static final String NAME = "lake";

    private static final Map<String, String> TABLE_PROPERTIES = Map.of(
            TableProperties.FORMAT_VERSION,
            "3",
            TableProperties.PARQUET_COMPRESSION,
            "zstd",
            TableProperties.COMMIT_NUM_RETRIES,
            "0",
            // a look-up by key reads one group of rows of a file, since its rows are in the order of their keys
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
            Integer.toString(16 << 20),
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
            "true",
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
            "20",
            // metadata holds no person's value: bounds of the Kafka partition alone
            TableProperties.DEFAULT_WRITE_METRICS_MODE,
            "counts",
            TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + "_kpart",
            "full");

    private final Catalog catalog;

    private LakeCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The catalog of one province on one machine, made if it is not there. */
    public static LakeCatalog embedded(Path data) {
        try {
            Files.createDirectories(lake(data).resolve("warehouse"));
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the lakehouse's folder under " + data, e);
        }
        return open(embeddedProperties(data));
    }

    /** The properties behind {@link #embedded}; Spark takes the same without {@code io-impl}. */
    public static Map<String, String> embeddedProperties(Path data) {
        Path lake = lake(data);
        var properties = new TreeMap<String, String>();
        properties.put(CatalogProperties.CATALOG_IMPL, JdbcCatalog.class.getName());
        properties.put(
                CatalogProperties.URI,
                "jdbc:sqlite:" + lake.resolve("catalog.db")
                        + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000&transaction_mode=IMMEDIATE");
        properties.put(
                CatalogProperties.WAREHOUSE_LOCATION, lake.resolve("warehouse").toString());
        properties.put(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
        properties.put("jdbc.schema-version", "V1");
        return properties;
    }

    /** Where the embedded lakehouse lives: {@code DATA/lake}, absolute. */
    public static Path lake(Path data) {
        return data.toAbsolutePath().normalize().resolve("lake");
    }

    /** Any Iceberg catalog: {@code catalog-impl} or {@code type}, and what it needs. */
    public static LakeCatalog open(Map<String, String> properties) {
        return new LakeCatalog(CatalogUtil.buildIcebergCatalog(NAME, properties, null));
    }

    public boolean exists(String table) {
        return catalog.tableExists(identifier(table));
    }

    /** @throws org.apache.iceberg.exceptions.NoSuchTableException if it is not there */
    public Table table(String table) {
        return catalog.loadTable(identifier(table));
    }

    /** The table, made with its namespace if it is not there, with the columns added that it lacks and those widened that are wider now. */
    public Table table(String table, Schema schema) {
        return table(table, schema, Map.of());
    }

    /** The same, in files of a month each by the time in one of its columns. */
    public Table monthly(String table, Schema schema, String time) {
        return table(table, schema, PartitionSpec.builderFor(schema).month(time).build(), Map.of());
    }

    /** The same, labelled: properties that say something of what it holds. */
    public Table table(String table, Schema schema, Map<String, String> labels) {
        return table(table, schema, PartitionSpec.unpartitioned(), labels);
    }

    private Table table(String table, Schema schema, PartitionSpec spec, Map<String, String> labels) {
        Table found = made(identifier(table), schema, spec);
        if (!found.properties().entrySet().containsAll(labels.entrySet())) {
            UpdateProperties update = found.updateProperties();
            labels.forEach(update::set);
            update.commit();
            found.refresh();
        }
        if (schema.columns().stream().anyMatch(column -> grown(found.schema().findField(column.name()), column))) {
            found.updateSchema().unionByNameWith(schema).commit();
            found.refresh();
        }
        return found;
    }

    private static boolean grown(Types.@Nullable NestedField held, Types.NestedField wanted) {
        return held == null
                || (wanted.type().isPrimitiveType() && !wanted.type().equals(held.type()));
    }

    private Table made(TableIdentifier identifier, Schema schema, PartitionSpec spec) {
        if (!catalog.tableExists(identifier)) {
            makeNamespace(identifier.namespace());
            try {
                return catalog.createTable(identifier, schema, spec, TABLE_PROPERTIES);
            } catch (AlreadyExistsException e) {
                return catalog.loadTable(identifier);
            }
        }
        return catalog.loadTable(identifier);
    }

    /** Takes a table away with all of its snapshots and files; one that is not there has been. Nobody may write it. */
    public void drop(String table) {
        if (exists(table)) {
            catalog.dropTable(identifier(table), true);
        }
    }

    /** Where the embedded catalog keeps a table's files. */
    public static Path folder(Path data, String table) {
        TableIdentifier name = identifier(table);
        return lake(data)
                .resolve("warehouse")
                .resolve(name.namespace().toString())
                .resolve(name.name());
    }

    /** All tables, sorted. */
    public List<String> tables() {
        if (!(catalog instanceof SupportsNamespaces namespaces)) {
            return List.of();
        }
        return namespaces.listNamespaces().stream()
                .flatMap(namespace -> catalog.listTables(namespace).stream())
                .map(TableIdentifier::toString)
                .sorted()
                .toList();
    }

    private void makeNamespace(Namespace namespace) {
        if (catalog instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(namespace)) {
            try {
                namespaces.createNamespace(namespace);
            } catch (AlreadyExistsException e) {
                return; // another writer was faster
            }
        }
    }

    private static TableIdentifier identifier(String table) {
        return TableIdentifier.parse(table);
    }

    @Override
    public void close() {
        if (catalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException("can't close the catalog", e);
            }
        }
    }
}
