package io.tongdao.reconcile.rule;

import java.time.Instant;

/** A conflict that has been reported and not yet closed. */
public record OpenConflict(Conflict conflict, Instant since) {}
