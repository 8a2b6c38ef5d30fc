package io.tongdao.ops.explain;

/** A question that could not be answered, with what to do; nothing was shown. */
public final class ExplainFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExplainFailed(String problem) {
        super(problem);
    }

    ExplainFailed(String problem, Throwable cause) {
        super(problem, cause);
    }
}
