package io.tongdao.contract.seal;

/** An incident has no key that may be used: what would have to be sealed or opened by it is withheld. */
public final class NoSealKey extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public NoSealKey(String incident) {
        super("incident " + incident + " has no key that may be used: it was never opened here, is sealed, or its key"
                + " is destroyed; see ./tongdao incident show " + incident);
    }
}
