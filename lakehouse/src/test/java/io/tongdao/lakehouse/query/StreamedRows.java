package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.commit.LakeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A process that answers one query to nobody, and says how many rows that were and how much memory it had at most, in KiB. */
final class StreamedRows {
    private StreamedRows() {}

    public static void main(String[] args) throws IOException {
        try (LakeCatalog catalog = LakeCatalog.embedded(Path.of(args[0]))) {
            long rows = LakeQuery.open(catalog, TableRights.ALL).query(args[1], StreamedRows::count);
            String most = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .findFirst()
                    .orElseThrow();
            System.out.println(rows + " " + most);
        }
    }

    private static long count(ResultSet result) throws SQLException {
        long rows = 0;
        while (result.next()) {
            rows++;
        }
        return rows;
    }
}
