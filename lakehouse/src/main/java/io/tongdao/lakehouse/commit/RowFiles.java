package io.tongdao.lakehouse.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Data files and deletion vectors of one table: how they are named, written and read. */
public final class RowFiles {
    private final Table table;

    public RowFiles(Table table) {
        this.table = table;
    }

    /** New data files of one Kafka partition, named by it, the writer's generation and the commit. */
    public OutputFileFactory data(int partition, long generation, String commit) {
        return OutputFileFactory.builderFor(table, partition, generation)
                .operationId(commit)
                .build();
    }

    /** Opens a data file for rows in Iceberg's internal form, in the table's column order. */
    DataWriter<StructLike> create(EncryptedOutputFile file) {
        return create(file, null);
    }

    /** @param partition of the table that all its rows are in; null: the table has none */
    DataWriter<StructLike> create(EncryptedOutputFile file, @Nullable StructLike partition) {
        try {
            return WithoutHadoop.call(() -> Parquet.writeData(file)
                    .forTable(table)
                    .withSpec(table.spec())
                    .withPartition(partition)
                    .createWriterFunc((schema, type) -> InternalWriter.createWriter(schema, type))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException("can't open a data file of " + table.name(), e);
        }
    }

    /** Deletion vectors of one commit, each merged with the one that the file had. */
    public DVFileWriter vectors(long generation, String commit, Previous previous) {
        OutputFileFactory files = OutputFileFactory.builderFor(table, 0, generation)
                .format(FileFormat.PUFFIN)
                .operationId(commit)
                .suffix("deletes")
                .build();
        return new BaseDVFileWriter(files, path -> deleted(previous.of(path)));
    }

    /** The vector that a data file has now. */
    public interface Previous {
        @Nullable
        LiveFile of(String path);
    }

    /** The dead rows of a file, or null if it has none. */
    public @Nullable PositionDeleteIndex deleted(@Nullable LiveFile file) {
        DeleteFile vector = file == null ? null : file.vector();
        return vector == null
                ? null
                : new BaseDeleteLoader(each -> table.io().newInputFile(each))
                        .loadPositionDeletes(List.of(vector), vector.referencedDataFile());
    }

    /** Key and position of each live row, in file order. */
    public void keys(LiveFile file, KeyVisitor visitor) {
        Schema schema = new Schema(table.schema().findField("_key"), MetadataColumns.ROW_POSITION);
        try (CloseableIterable<StructLike> rows = rows(file, schema)) {
            for (StructLike row : rows) {
                visitor.visit(row.get(0, CharSequence.class).toString(), Math.toIntExact(row.get(1, Long.class)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file.path(), e);
        }
    }

    /** Receives a live row's key and position. */
    public interface KeyVisitor {
        void visit(String key, int position);
    }

    /** All columns of the live rows, and behind them the row's position; each row is its own object. */
    public CloseableIterable<StructLike> rows(LiveFile file) {
        List<NestedField> columns = new ArrayList<>(table.schema().columns());
        columns.add(MetadataColumns.ROW_POSITION);
        return rows(file, new Schema(columns));
    }

    /** The position must be the last column. */
    private CloseableIterable<StructLike> rows(LiveFile file, Schema schema) {
        CloseableIterable<StructLike> all = Parquet.read(table.io().newInputFile(file.file()))
                .project(schema)
                .createReaderFunc(type -> InternalReader.create(schema, type))
                .build();
        PositionDeleteIndex dead = deleted(file);
        int position = schema.columns().size() - 1;
        return dead == null
                ? all
                : CloseableIterable.filter(all, row -> !dead.isDeleted(row.get(position, Long.class)));
    }
}
