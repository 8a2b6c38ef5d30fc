package io.tongdao.ops.verify;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.release.HeldRows;
import java.util.Map;
import java.util.Optional;

/**
 * Where what is held can be asked. One instance holds all tasks of the embedded province; on a cluster an implementation would forward the
 * question to the instance that has the subject's task, and this is the place for it.
 */
public interface Held {
    /** What the release stage runs on. */
    Plan plan();

    WireFormat wire();

    /** The newest version of each grant that is known here. */
    Map<String, Grant> grants();

    /** Whether everything of a table that could be read when this was asked has been worked off, up to the rows that are asked. */
    boolean current(String table);

    /** The release task of a partition; empty: it is elsewhere, or is being restored. */
    Optional<HeldRows.Task> task(SubjectKind kind, int partition);
}
