package io.tongdao.lakehouse.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** Writes rows of a partitioned table, in any order, into one data file of each of its partitions. */
public final class MonthlyRows implements AutoCloseable {
    private final Table table;
    private final RowFiles files;
    private final OutputFileFactory names;
    private final PartitionKey key;
    private final Map<PartitionKey, DataWriter<StructLike>> open = new HashMap<>();
    private final List<String> paths = new ArrayList<>();

    /** @param commit names the files */
    public MonthlyRows(Table table, long generation, String commit) {
        this.table = table;
        this.files = new RowFiles(table);
        this.names = files.data(0, generation, commit);
        this.key = new PartitionKey(table.spec(), table.schema());
    }

    /** @param row in Iceberg's internal form; may be used again by the caller */
    public void write(StructLike row) {
        key.partition(row);
        DataWriter<StructLike> writer = open.get(key);
        if (writer == null) {
            PartitionKey partition = key.copy();
            EncryptedOutputFile file = names.newOutputFile(table.spec(), partition);
            paths.add(file.encryptingOutputFile().location());
            writer = files.create(file, partition);
            open.put(partition, writer);
        }
        writer.write(row);
    }

    /** Closes all files; what they hold. */
    public List<DataFile> finish() {
        List<DataFile> finished = new ArrayList<>();
        for (DataWriter<StructLike> writer : open.values()) {
            close(writer);
            finished.add(writer.toDataFile());
        }
        open.clear();
        return finished;
    }

    /** Every file begun, finished or not. */
    public List<String> paths() {
        return paths;
    }

    private void close(DataWriter<StructLike> writer) {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't finish a data file of " + table.name(), e);
        }
    }

    /** Lets go of unfinished files; their bytes are the caller's to delete. */
    @Override
    public void close() {
        open.values().forEach(this::close);
        open.clear();
    }
}
