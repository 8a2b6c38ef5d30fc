package io.tongdao.contract.change;

import io.tongdao.contract.plan.Source;
import java.util.List;

/** A connection that both catalogues have. */
final class ConnectionDiff {
    private ConnectionDiff() {}

    static void between(Source before, Source after, List<Change> found) {
        if (!before.equals(after)) {
            found.add(new Change.ConnectionChanged(before, after, otherDatabase(before, after)));
        }
    }

    /** The host and port of the same database may change: its log stays the same. */
    static boolean otherDatabase(Source before, Source after) {
        return before.engine() != after.engine() || !before.database().equals(after.database());
    }
}
