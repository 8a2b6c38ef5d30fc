package io.tongdao.contract.seal;

/** The keys of incidents (突发事件, art. 27), wherever they are kept: each incident has its own, in versions. */
@FunctionalInterface
public interface SealKeys {
    /** There are no incidents: nothing can be sealed, and so nothing is released or collected that has to be. */
    SealKeys NONE = incident -> {
        throw new NoSealKey(incident);
    };

    /**
     * What seals and opens by an incident's keys, for one thread.
     *
     * @throws NoSealKey if there is no key, or it is locked away or destroyed; none is ever made here
     */
    Seal of(String incident);
}
