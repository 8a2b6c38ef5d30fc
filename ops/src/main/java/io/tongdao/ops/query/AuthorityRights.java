package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.TableRights;
import java.nio.file.Path;
import java.util.Map;

/** The data authority's: every table as it stands, and what is open. */
public record AuthorityRights(Map<String, Path> snapshots) implements TableRights {
    @Override
    public Right on(String table) {
        return new Right.Whole();
    }
}
