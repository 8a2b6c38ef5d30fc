package io.tongdao.lakehouse.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The index of one (table, Kafka partition): key → where its row stands. Stamped with the snapshot that it reflects; stamp, files and
 * entries change in one atomic write.
 *
 * <p>A key longer than 40 bytes is kept as 128 bits of its SHA-256. Keys are UTF-8, so 0x00 (the index's own records) and 0xFF
 * (hashes) never begin one.
 */
public final class KeyIndex {
    private static final int LONGEST = 40;
    private static final int HASH = 16;
    private static final byte OWN = 0;
    private static final byte[] STAMP = {OWN, 's'};
    private static final byte[] NEXT_FILE = {OWN, 'n'};
    private static final byte[] FILES = {OWN, 'f'};
    private static final byte[] END = new byte[HASH + 2];

    static {
        Arrays.fill(END, (byte) 0xff);
    }

    private final RocksDB db;
    private final ColumnFamilyHandle family;
    private final Map<Integer, String> files = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int nextFile = 1;

    KeyIndex(RocksDB db, ColumnFamilyHandle family) {
        this.db = db;
        this.family = family;
        load();
    }

    private void load() {
        byte[] next = get(NEXT_FILE);
        nextFile = next == null ? 1 : ByteBuffer.wrap(next).getInt();
        try (RocksIterator all = db.newIterator(family)) {
            for (all.seek(FILES); all.isValid() && isFile(all.key()); all.next()) {
                int number =
                        ByteBuffer.wrap(all.key(), FILES.length, Integer.BYTES).getInt();
                remember(number, new String(all.value(), StandardCharsets.UTF_8));
            }
        }
    }

    private static boolean isFile(byte[] key) {
        return key.length == FILES.length + Integer.BYTES && key[0] == FILES[0] && key[1] == FILES[1];
    }

    private void remember(int number, String path) {
        files.put(number, path);
        numbers.put(path, number);
    }

    /** The snapshot that the index reflects, or null if it reflects none. */
    public @Nullable Long stamp() {
        byte[] stamp = get(STAMP);
        return stamp == null || stamp.length != 1 + Long.BYTES || stamp[0] != Entry.FORMAT
                ? null
                : ByteBuffer.wrap(stamp, 1, Long.BYTES).getLong();
    }

    /** The path of an entry's file, or null if the index has forgotten it. */
    public @Nullable String path(int file) {
        return files.get(file);
    }

    /** The entries of the keys, null where there is none. Sorted keys are found fastest. */
    public List<@Nullable Entry> find(List<byte[]> keys) {
        try {
            List<byte[]> stored = keys.stream().map(KeyIndex::stored).toList();
            List<byte[]> found = db.multiGetAsList(Collections.nCopies(stored.size(), family), stored);
            List<@Nullable Entry> entries = new ArrayList<>(found.size());
            for (byte[] each : found) {
                entries.add(each == null ? null : Entry.parse(each));
            }
            return entries;
        } catch (RocksDBException e) {
            throw new IndexFailure("the index can't be read", e);
        }
    }

    /** Empties the index. */
    public void clear() {
        try {
            db.deleteRange(family, new byte[] {OWN}, END);
            files.clear();
            numbers.clear();
            nextFile = 1;
        } catch (RocksDBException e) {
            throw new IndexFailure("the index can't be emptied", e);
        }
    }

    /** Changes to be written together; to be closed. */
    public Changes change() {
        return new Changes();
    }

    private byte @Nullable [] get(byte[] key) {
        try {
            return db.get(family, key);
        } catch (RocksDBException e) {
            throw new IndexFailure("the index can't be read", e);
        }
    }

    private static byte[] stored(byte[] key) {
        if (key.length <= LONGEST) {
            return key;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            byte[] hash = Arrays.copyOf(new byte[] {(byte) 0xff}, 1 + HASH);
            System.arraycopy(digest, 0, hash, 1, HASH);
            return hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static byte[] fileKey(int number) {
        return ByteBuffer.allocate(FILES.length + Integer.BYTES)
                .put(FILES)
                .putInt(number)
                .array();
    }

    /** What one commit changes in the index. Files that it numbers are known at once, entries when it is written. */
    public final class Changes implements AutoCloseable {
        private final WriteBatch batch = new WriteBatch();

        /** The file's number, given now if it has none. */
        public int number(String path) {
            Integer known = numbers.get(path);
            if (known != null) {
                return known;
            }
            int number = nextFile++;
            remember(number, path);
            put(fileKey(number), path.getBytes(StandardCharsets.UTF_8));
            put(NEXT_FILE, ByteBuffer.allocate(Integer.BYTES).putInt(nextFile).array());
            return number;
        }

        /** Forgets a file that left the table. */
        public void forget(String path) {
            Integer number = numbers.remove(path);
            if (number != null) {
                files.remove(number);
                delete(fileKey(number));
            }
        }

        public void put(byte[] key, Entry entry) {
            put(stored(key), entry.bytes());
        }

        public void remove(byte[] key) {
            delete(stored(key));
        }

        /** Writes everything so far; the index then reflects {@code snapshot}. */
        public void write(long snapshot) {
            put(
                    STAMP,
                    ByteBuffer.allocate(1 + Long.BYTES)
                            .put(Entry.FORMAT)
                            .putLong(snapshot)
                            .array());
            writePart();
        }

        /** Writes everything so far without a stamp: a part of a rebuild. */
        public void writePart() {
            try (WriteOptions options = new WriteOptions()) {
                db.write(options, batch);
                batch.clear();
            } catch (RocksDBException e) {
                throw new IndexFailure("the index can't be written", e);
            }
        }

        private void put(byte[] key, byte[] value) {
            try {
                batch.put(family, key, value);
            } catch (RocksDBException e) {
                throw new IndexFailure("the index can't be written", e);
            }
        }

        private void delete(byte[] key) {
            try {
                batch.delete(family, key);
            } catch (RocksDBException e) {
                throw new IndexFailure("the index can't be written", e);
            }
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
