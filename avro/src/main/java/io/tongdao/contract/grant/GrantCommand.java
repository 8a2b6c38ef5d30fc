package io.tongdao.contract.grant;

/**
 * What the provisioner tells every release task of a kind, in every partition of {@code ctl.release.<kind>}, keyed by the grant's id: so that
 * the order reaches the task with the data that it acts on.
 */
public record GrantCommand(Verb verb, Grant grant) {
    public enum Verb {
        /** Release this epoch: backfill, then follow. A running older epoch is stopped by it. */
        START,
        /** Release nothing more of this epoch or an older one. */
        STOP
    }
}
