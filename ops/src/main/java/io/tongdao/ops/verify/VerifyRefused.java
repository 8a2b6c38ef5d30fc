package io.tongdao.ops.verify;

/** A question that is not answered. The message names items and limits, never an identifier or a value. */
public final class VerifyRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Why why;

    public enum Why {
        /** The grant does not verify, or does not flow. */
        NO_GRANT,
        /** What was asked can't be read, or is not granted. */
        QUESTION,
        /** State restores, lags or is rebuilt, or the record can't be written: nothing can be said. */
        UNAVAILABLE
    }

    VerifyRefused(Why why, String message) {
        super(message);
        this.why = why;
    }

    VerifyRefused(Why why, String message, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    static VerifyRefused stopped() {
        return new VerifyRefused(
                Why.NO_GRANT, "授权未生效、已中止或已到期，不予核实 the grant does not flow: it is not active, suspended or over");
    }

    static VerifyRefused unavailable() {
        return new VerifyRefused(
                Why.UNAVAILABLE,
                "数据正在更新，暂不能核实 what is held is not up to date now, so nothing is said: ask again later");
    }

    public Why why() {
        return why;
    }
}
