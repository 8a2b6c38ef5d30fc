package io.tongdao.collect.files;

import io.tongdao.contract.plan.Intake;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A file's rows, one after another, with the columns that somebody asked for and no others. Holds one row at a time. */
public interface FileRows extends Closeable {
    /**
     * @param wanted columns that must be there, exactly or else without regard to case; the rows have them under these names
     * @param scratch a directory for a moment's use
     */
    static FileRows open(Path file, Intake.Files intake, Collection<String> wanted, Path scratch)
            throws IOException, UnfitFile {
        return switch (intake.format()) {
            case CSV -> CsvRows.open(file, intake, List.copyOf(wanted));
            case PARQUET -> ParquetRows.open(file, List.copyOf(wanted), scratch);
        };
    }

    /** One optional field for each wanted column; dates and times in Debezium's forms. */
    Schema schema();

    /** The next row, null after the last. */
    @Nullable
    Struct next() throws IOException, UnfitFile;

    /** Where the row begins: a CSV file's line, from 1; of Parquet the row's number. */
    long line();

    /** Where each wanted column is among those that there are. */
    static int[] positions(List<String> there, List<String> wanted) throws UnfitFile {
        List<String> problems = new ArrayList<>();
        int[] positions = new int[wanted.size()];
        for (int i = 0; i < positions.length; i++) {
            String name = wanted.get(i);
            int exact = there.indexOf(name);
            List<Integer> alike = new ArrayList<>();
            for (int at = 0; at < there.size(); at++) {
                if (there.get(at).equalsIgnoreCase(name)) {
                    alike.add(at);
                }
            }
            if (alike.isEmpty()) {
                problems.add("column " + name + " is missing");
            } else if (alike.size() > 1 && (exact < 0 || there.lastIndexOf(name) != exact)) {
                problems.add("column " + name + " is there " + alike.size() + " times");
            } else {
                positions[i] = exact >= 0 ? exact : alike.getFirst();
            }
        }
        if (!problems.isEmpty()) {
            throw new UnfitFile(problems);
        }
        return positions;
    }
}
