package io.tongdao.ops.provision;

/** A protection that can't be taken, or lifted; says why and what to do, and names nobody. */
public final class ProtectRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtectRefused(String problem) {
        super(problem);
    }
}
