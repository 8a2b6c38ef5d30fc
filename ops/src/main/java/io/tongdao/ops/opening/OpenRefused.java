package io.tongdao.ops.opening;

/** An opening that can't be done; says why, with numbers, and what to do; never a value. */
public final class OpenRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpenRefused(String problem) {
        super(problem);
    }
}
