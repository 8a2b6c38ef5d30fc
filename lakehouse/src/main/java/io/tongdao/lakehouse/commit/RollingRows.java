package io.tongdao.lakehouse.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one Kafka partition into data files of about the target size; the last place written is {@link #path} and {@link #row}. */
public final class RollingRows implements AutoCloseable {
    private static final int CHECK_EVERY = 4096;

    private final RowFiles files;
    private final OutputFileFactory names;
    private final long target;
    private final List<DataFile> closed = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private @Nullable DataWriter<StructLike> open;
    private String path = "";
    private int row;

    public RollingRows(RowFiles files, OutputFileFactory names, long target) {
        this.files = files;
        this.names = names;
        this.target = target;
    }

    public void write(StructLike value) {
        DataWriter<StructLike> writer = open;
        if (writer == null || (row % CHECK_EVERY == CHECK_EVERY - 1 && writer.length() >= target)) {
            finish();
            EncryptedOutputFile file = names.newOutputFile();
            path = file.encryptingOutputFile().location();
            paths.add(path);
            writer = files.create(file);
            open = writer;
            row = -1;
        }
        writer.write(value);
        row++;
    }

    /** The file of the row written last. */
    public String path() {
        return path;
    }

    /** The position of the row written last. */
    public int row() {
        return row;
    }

    /** Every file begun, finished or not. */
    public List<String> paths() {
        return paths;
    }

    /** Closes the open file; all files so far. */
    public List<DataFile> finish() {
        DataWriter<StructLike> writer = open;
        if (writer != null) {
            open = null;
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException("can't finish data file " + path, e);
            }
            closed.add(writer.toDataFile());
        }
        return closed;
    }

    /** Lets go of an unfinished file; its bytes are the caller's to delete. */
    @Override
    public void close() {
        DataWriter<StructLike> writer = open;
        open = null;
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException("can't close data file " + path, e);
            }
        }
    }
}
