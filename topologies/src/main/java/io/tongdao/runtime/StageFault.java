package io.tongdao.runtime;

import java.io.UncheckedIOException;

/**
 * What went wrong in a processor, with where, and without what: neither message nor cause of the original is kept, since a library's
 * message may quote the record. The stack trace is the original's.
 */
public final class StageFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean passing;

    private StageFault(String text, boolean passing) {
        super(text, null, false, true);
        this.passing = passing;
    }

    /** @param where the processor and the input's topic, partition and offset */
    static StageFault of(String where, RuntimeException error) {
        boolean passing = error instanceof UncheckedIOException;
        StageFault fault = new StageFault(error.getClass().getName() + " in " + where, passing);
        fault.setStackTrace(error.getStackTrace());
        return fault;
    }

    /** Whether another try may succeed: something outside did not answer. */
    boolean passing() {
        return passing;
    }
}
