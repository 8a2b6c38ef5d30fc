package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.Hidden;
import io.tongdao.lakehouse.query.TableRights;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The data authority's: every table as it stands and as it stood, and what is open.
 *
 * @param protection what leaves no trace in former states; asked only for those
 */
public record AuthorityRights(Map<String, Path> snapshots, Supplier<Hidden> protection) implements TableRights {
    @Override
    public Right on(String table) {
        return new Right.Whole();
    }

    @Override
    public Hidden hidden(String table) {
        return protection.get();
    }
}
