package io.tongdao.ops.provision;

/** An objection, a ruling or a question about discrepancies that can't be taken; says why and what to do. */
public final class DisputeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DisputeRefused(String problem) {
        super(problem);
    }
}
