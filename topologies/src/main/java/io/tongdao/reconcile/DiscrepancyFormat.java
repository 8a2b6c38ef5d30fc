package io.tongdao.reconcile;

import io.tongdao.contract.serde.JsonFormat;
import io.tongdao.reconcile.rule.Discrepancy;

/** The values of {@code flag.discrepancy}. Format 1 ended with the reason, and is read. */
public final class DiscrepancyFormat {
    public static final JsonFormat<Discrepancy> FORMAT = new JsonFormat<>(Discrepancy.class, (byte) 2);

    private DiscrepancyFormat() {}
}
