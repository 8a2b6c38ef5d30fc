package io.tongdao.lakehouse.query;

import java.nio.file.Path;
import java.util.Map;

/** What the one who asks may read. */
@FunctionalInterface
public interface TableRights {
    /** The authority's, and the exchange's own: all tables as they stand. */
    TableRights ALL = table -> new Right.Whole();

    /** @param table {@code <namespace>.<name>}, in lower case; of any name, known or not */
    Right on(String table);

    /** Published snapshots to be read beside the lakehouse's tables: name → its Parquet file. */
    default Map<String, Path> snapshots() {
        return Map.of();
    }

    /** What he may not see in former states of a table that he may read whole. */
    default Hidden hidden(String table) {
        return Hidden.NONE;
    }

    /** How far one table may be read. */
    sealed interface Right {
        /** As it stands, and as it stood. */
        record Whole() implements Right {}

        /**
         * As long as it shows what came by this topic: until a new epoch of a grant has become the table, it holds what an older one released.
         */
        record Shown(String topic) implements Right {}

        /** He knows of it, and nothing of it is answered now. @param why in one line, for him */
        record Closed(String why) implements Right {}

        /** To him there is no such table. */
        record Unknown() implements Right {}
    }
}
