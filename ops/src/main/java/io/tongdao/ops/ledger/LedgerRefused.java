package io.tongdao.ops.ledger;

/** A question to the ledger that is not answered; says why and what to do, and nothing of the subject. It is on record. */
public final class LedgerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LedgerReason reason;

    LedgerRefused(LedgerReason reason) {
        super("不予查看 refused: " + reason.text());
        this.reason = reason;
    }

    public LedgerReason reason() {
        return reason;
    }
}
