package io.tongdao.lakehouse.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBufferManager;

/**
 * The indexes of one sink process: one RocksDB, a column family for each (table, topic, Kafka partition), block cache and write
 * buffers shared within one bound. Indexes are caches of their tables: the folder may be deleted while no sink runs.
 */
public final class IndexStore implements AutoCloseable {
    private static final long BLOCK = 16L << 10;
    private static final long WRITE_BUFFER = 4L << 20;

    private final LRUCache cache;
    private final WriteBufferManager buffers;
    private final BloomFilter bloom = new BloomFilter(10, false);
    private final ColumnFamilyOptions columns;
    private final DBOptions options;
    private final RocksDB db;
    private final Map<String, ColumnFamilyHandle> families = new ConcurrentHashMap<>();

    static {
        RocksDB.loadLibrary();
    }

    /** @param memory bytes for block cache and write buffers of all indexes together */
    public IndexStore(Path directory, long memory) {
        cache = new LRUCache(memory);
        buffers = new WriteBufferManager(memory / 3, cache);
        columns = new ColumnFamilyOptions()
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(WRITE_BUFFER)
                .setArenaBlockSize(WRITE_BUFFER / 32)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setFilterPolicy(bloom)
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setBlockSize(BLOCK));
        options = new DBOptions()
                .setCreateIfMissing(true)
                .setWriteBufferManager(buffers)
                .setMaxTotalWalSize(memory)
                .setKeepLogFileNum(2);
        try {
            Files.createDirectories(directory);
            db = open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the index folder " + directory, e);
        } catch (RocksDBException e) {
            throw new IndexFailure("can't open the index in " + directory, e);
        }
    }

    private RocksDB open(Path directory) throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        try (Options listing = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(listing, directory.toString())) {
                descriptors.add(new ColumnFamilyDescriptor(name, columns));
            }
        }
        if (descriptors.isEmpty()) {
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, columns));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB opened = RocksDB.open(options, directory.toString(), descriptors, handles);
        for (ColumnFamilyHandle handle : handles) {
            families.put(new String(handle.getName(), StandardCharsets.UTF_8), handle);
        }
        return opened;
    }

    /** The index of one partition, empty if it is new. One user at a time. */
    public KeyIndex index(String table, String topicId, int partition) {
        return new KeyIndex(db, families.computeIfAbsent(name(table, topicId) + partition, this::create));
    }

    /** Forgets the indexes of every other topic that once fed the table. */
    public void keepOnly(String table, String topicId) {
        families.keySet().stream()
                .filter(name -> name.startsWith(table + "/") && !name.startsWith(name(table, topicId)))
                .toList()
                .forEach(this::drop);
    }

    /** Forgets all indexes of a table that no sink writes any more. */
    public void forget(String table) {
        families.keySet().stream()
                .filter(name -> name.startsWith(table + "/"))
                .toList()
                .forEach(this::drop);
    }

    private static String name(String table, String topicId) {
        return table + "/" + topicId + "/";
    }

    private ColumnFamilyHandle create(String name) {
        try {
            return db.createColumnFamily(new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), columns));
        } catch (RocksDBException e) {
            throw new IndexFailure("can't make the index of " + name, e);
        }
    }

    private void drop(String name) {
        ColumnFamilyHandle handle = families.remove(name);
        if (handle == null) {
            return;
        }
        try (handle) {
            db.dropColumnFamily(handle);
        } catch (RocksDBException e) {
            throw new IndexFailure("can't drop the index of " + name, e);
        }
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyHandle::close);
        db.close();
        options.close();
        columns.close();
        buffers.close();
        bloom.close();
        cache.close();
    }
}
