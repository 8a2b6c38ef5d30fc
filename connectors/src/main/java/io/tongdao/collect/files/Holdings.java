package io.tongdao.collect.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * What the exchange holds of one dataset that comes by files: its keys with their row and a digest of their value, its rows in quarantine.
 * A copy of what stands in the topics, on disk and not in memory, made anew by whoever starts; never trusted after a load that failed.
 * For one thread.
 */
public final class Holdings implements AutoCloseable {
    private static final byte KEY = 'k';
    private static final byte ROW = 'r';
    private static final byte REJECT = 'x';
    private static final int DIGEST = 16;
    private static final long WRITE_BUFFER = 32L << 20;
    private static final long CACHE = 64L << 20;
    private static final double BLOOM_BITS = 10;

    static {
        RocksDB.loadLibrary();
    }

    private final Path directory;
    private final LRUCache cache = new LRUCache(CACHE);
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(WRITE_BUFFER)
            .setTableFormatConfig(
                    new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final RocksDB db;
    private long size;

    /** When something was last said: loads of a later epoch are later. */
    public record Stamp(int epoch, long load) {}

    /**
     * A key that is held.
     *
     * @param row stands for the source row that owns it
     * @param value a digest of its value
     */
    public record Held(byte[] row, byte[] value, Stamp stamp) {}

    /** What to do with each key or row of a walk. */
    @FunctionalInterface
    public interface Each {
        /** @param name the key, or for rows in quarantine the row */
        void take(byte[] name, byte[] row);
    }

    /** Empty, in a directory that is emptied. */
    public Holdings(Path directory) {
        this.directory = directory;
        try {
            Scratch.empty(directory);
            db = RocksDB.open(options, directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no room for what is held of a dataset", e);
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    /** How many keys are held. */
    public long size() {
        return size;
    }

    public @Nullable Held get(byte[] key) {
        byte[] found = read(name(KEY, key));
        if (found == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(found);
        byte[] row = new byte[DIGEST];
        byte[] value = new byte[DIGEST];
        in.get(row).get(value);
        return new Held(row, value, new Stamp(in.getInt(), in.getLong()));
    }

    /** Holds a key, whoever held it before. */
    public void put(byte[] key, Held held) {
        Held before = get(key);
        if (before == null) {
            size++;
        }
        if (before == null || !Arrays.equals(before.row(), held.row())) {
            if (before != null) {
                disown(before.row(), key);
            }
            List<byte[]> keys = new ArrayList<>(keys(held.row()));
            keys.add(key);
            own(held.row(), keys);
        }
        write(
                name(KEY, key),
                ByteBuffer.allocate(2 * DIGEST + Integer.BYTES + Long.BYTES)
                        .put(held.row())
                        .put(held.value())
                        .putInt(held.stamp().epoch())
                        .putLong(held.stamp().load())
                        .array());
    }

    public void remove(byte[] key) {
        Held before = get(key);
        if (before != null) {
            size--;
            disown(before.row(), key);
            delete(name(KEY, key));
        }
    }

    /** The keys that a row owns. */
    public List<byte[]> keys(byte[] row) {
        byte[] found = read(name(ROW, row));
        if (found == null) {
            return List.of();
        }
        List<byte[]> keys = new ArrayList<>(2);
        ByteBuffer in = ByteBuffer.wrap(found);
        while (in.hasRemaining()) {
            byte[] key = new byte[in.getInt()];
            in.get(key);
            keys.add(key);
        }
        return keys;
    }

    private void own(byte[] row, List<byte[]> keys) {
        if (keys.isEmpty()) {
            delete(name(ROW, row));
            return;
        }
        ByteBuffer out = ByteBuffer.allocate(
                keys.stream().mapToInt(key -> Integer.BYTES + key.length).sum());
        keys.forEach(key -> out.putInt(key.length).put(key));
        write(name(ROW, row), out.array());
    }

    private void disown(byte[] row, byte[] key) {
        List<byte[]> keys = new ArrayList<>(keys(row));
        keys.removeIf(each -> Arrays.equals(each, key));
        own(row, keys);
    }

    /** When the row went into quarantine; null: it is not there. */
    public @Nullable Stamp rejected(byte[] row) {
        byte[] found = read(name(REJECT, row));
        return found == null ? null : stamp(found, 0);
    }

    public void reject(byte[] row, Stamp stamp) {
        write(
                name(REJECT, row),
                ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                        .putInt(stamp.epoch())
                        .putLong(stamp.load())
                        .array());
    }

    /** The row leaves quarantine. */
    public void accept(byte[] row) {
        delete(name(REJECT, row));
    }

    /** Walks the keys of which nothing was said since; they may be removed on the way. */
    public void keysBefore(Stamp stamp, Each each) {
        walk(KEY, 2 * DIGEST, stamp, each);
    }

    /** The same of rows in quarantine. */
    public void rejectsBefore(Stamp stamp, Each each) {
        walk(REJECT, 0, stamp, each);
    }

    private void walk(byte kind, int at, Stamp stamp, Each each) {
        try (RocksIterator all = db.newIterator()) {
            for (all.seek(new byte[] {kind}); all.isValid() && all.key()[0] == kind; all.next()) {
                byte[] value = all.value();
                if (!stamp(value, at).equals(stamp)) {
                    byte[] name = Arrays.copyOfRange(all.key(), 1, all.key().length);
                    each.take(name, kind == KEY ? Arrays.copyOf(value, DIGEST) : name);
                }
            }
            all.status();
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    private static Stamp stamp(byte[] value, int at) {
        ByteBuffer in = ByteBuffer.wrap(value, at, Integer.BYTES + Long.BYTES);
        return new Stamp(in.getInt(), in.getLong());
    }

    private static byte[] name(byte kind, byte[] name) {
        return ByteBuffer.allocate(1 + name.length).put(kind).put(name).array();
    }

    private byte @Nullable [] read(byte[] name) {
        try {
            return db.get(name);
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    private void write(byte[] name, byte[] value) {
        try {
            db.put(unlogged, name, value);
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    private void delete(byte[] name) {
        try {
            db.delete(unlogged, name);
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    private static IllegalStateException broken(RocksDBException e) {
        return new IllegalStateException("what is held of a dataset can't be kept on disk", e);
    }

    /** Forgets all of it. */
    @Override
    public void close() {
        db.close();
        unlogged.close();
        options.close();
        cache.close();
        bloom.close();
        try {
            Scratch.clear(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("what was held of a dataset can't be cleared away", e);
        }
    }
}
