package io.tongdao.ops.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.lakehouse.query.LakeQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables hold, as a count and a hash that knows no order: two runs can be compared. Times of commit and positions in a source's
 * log, which no two runs share, stay out.
 */
final class TableDigests {
    private static final String RUN_DEPENDENT = "'_at', '_sources'";

    /** What is on record says when. */
    private static final String AUDIT = "audit.";

    private TableDigests() {}

    static Map<String, String> of(LakeQuery lake) {
        Map<String, String> digests = new TreeMap<>();
        for (String table : lake.tables()) {
            if (table.startsWith(AUDIT)) {
                continue;
            }
            String sql =
                    "select count(*) || ':' || coalesce(bit_xor(hash(t))::varchar, '') from (select columns(lambda c: c not in ("
                            + RUN_DEPENDENT + ")) from " + table + ") t";
            digests.put(table, lake.query(sql, TableDigests::first));
        }
        return digests;
    }

    static void write(Path file, Map<String, String> digests) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), digests);
    }

    private static String first(ResultSet rows) throws SQLException {
        rows.next();
        return String.valueOf(rows.getString(1));
    }
}
