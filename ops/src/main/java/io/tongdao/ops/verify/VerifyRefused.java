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
        /** The attempts are used up. */
        LIMIT,
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

    public Why why() {
        return why;
    }
}
