package io.tongdao.ops.provision;

/** The cluster or the registry did not do what was asked. A new try may succeed: every step may be repeated. */
public final class ProvisionFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProvisionFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
