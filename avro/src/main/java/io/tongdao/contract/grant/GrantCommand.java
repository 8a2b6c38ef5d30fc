package io.tongdao.contract.grant;

/**
 * What the provisioner tells every release task of a kind, in every partition of {@code ctl.release.<kind>}, keyed by the grant's id: so that
 * the order reaches the task with the data that it acts on.
 *
 * @param tokens the version of the key that this epoch's tokens are made with, the same in all partitions and for as long as the epoch
 *     lasts; orders from before keys had versions mean 1
 */
public record GrantCommand(Verb verb, Grant grant, int tokens) {
    public enum Verb {
        /** Release this epoch: backfill, then follow. A running older epoch is stopped by it. */
        START,
        /** Release nothing more of this epoch or an older one. */
        STOP
    }

    public GrantCommand {
        tokens = tokens(tokens);
    }

    /** The version behind what a record says that may be older than versions. */
    public static int tokens(int said) {
        return Math.max(said, 1);
    }
}
