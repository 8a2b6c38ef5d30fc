package io.tongdao.contract.grant;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What has been done about a grant's epoch; the value of {@code ctl.ack}. A release task writes its own in the transaction of the data: who
 * reads STOPPED with {@code read_committed} knows that nothing follows.
 *
 * @param kind the subject kind's word, or {@link #PROVISION}
 * @param partition of the source topics that the task reads; 0 for the provisioner
 * @param rows rows that the backfill released, counted from its start
 * @param note why, where the state is FAILED; by the provisioner the version of the epoch's tokens, as {@code t2}; else empty
 */
public record Ack(
        String grant, int epoch, String kind, int partition, State state, long rows, String note, Instant at) {
    /** The kind of the provisioner's own acknowledgements. */
    public static final String PROVISION = "provision";

    public enum State {
        /** By a task: follows the source, the backfill runs. */
        STARTED,
        /** By a task: all rows that stood in its state have been released. */
        BACKFILLED,
        /** By a task: nothing of this epoch follows. */
        STOPPED,
        /** By a task: the plan can't be run here; nothing is released. */
        FAILED,
        /** By the provisioner: topic, schema, user and rights are there. */
        PROVISIONED,
        /** By the provisioner: rights gone, every task stopped, topic deleted. */
        CUT
    }

    /** How the provisioner notes a version of tokens: what it noted first holds for the epoch. */
    public static String tokens(int version) {
        return "t" + version;
    }

    /** The version of tokens that the provisioner noted; 1 where it noted none, which was before there were versions. */
    public int tokens() {
        return note.startsWith("t") ? Integer.parseInt(note, 1, note.length(), 10) : 1;
    }

    /** {@code grant|epoch|kind|partition}. */
    public byte[] key() {
        return (grant + '|' + epoch + '|' + kind + '|' + partition).getBytes(StandardCharsets.UTF_8);
    }
}
