package io.tongdao.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the native memory of all stores of a JVM, however many partitions it owns: blocks, indexes, filters and write buffers
 * share it. Set in MiB by the system property {@value #PROPERTY}, 64 by default.
 */
public final class SharedStoreMemory implements RocksDBConfigSetter {
    public static final String PROPERTY = "tongdao.store.memory.mib";
    private static final long MIB = 1024 * 1024;
    private static final long ARENA = 32 * 1024;
    private static final int SHARD_BITS = 4;
    private static final double FOR_INDEXES = 0.2;

    private static final class Shared {
        static final Cache CACHE;
        static final WriteBufferManager WRITE_BUFFERS;

        static {
            RocksDB.loadLibrary();
            long bytes = Long.getLong(PROPERTY, 64) * MIB;
            CACHE = new LRUCache(bytes, SHARD_BITS, false, FOR_INDEXES);
            WRITE_BUFFERS = new WriteBufferManager(bytes / 2, CACHE);
        }
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
        options.setWriteBufferSize(8 * MIB);
        // A store that was written to once holds an arena: of an eighth of its buffer, as RocksDB has it, some dozens
        // of quiet stores would
        // fill what all share, and every write would flush one.
        options.setArenaBlockSize(ARENA);
        options.setMaxWriteBufferNumber(2);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String store, Options options) {
        // cache and write buffers belong to the JVM, not to the store that closes
    }
}
