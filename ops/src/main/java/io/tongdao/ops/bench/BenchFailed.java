package io.tongdao.ops.bench;

/** A bench could not be carried through; the message says where it stood. */
public final class BenchFailed extends IllegalStateException {
    private static final long serialVersionUID = 1;

    BenchFailed(String message) {
        super(message);
    }

    BenchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
