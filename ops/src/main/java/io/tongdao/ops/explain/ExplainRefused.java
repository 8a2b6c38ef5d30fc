package io.tongdao.ops.explain;

/** A question that is not answered; says why and what to do, and nothing of the subject. It is on record. */
public final class ExplainRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ExplainRefused(Reason reason) {
        super("不予查看 refused: " + reason.text());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
