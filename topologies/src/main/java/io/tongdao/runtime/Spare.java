package io.tongdao.runtime;

import java.util.function.BooleanSupplier;

/**
 * The time of a stream thread that work may take for which no change waits: a share of each second, for all tasks of the thread together, and
 * none while a queue stands before it.
 */
public final class Spare {
    private Spare() {}

    /**
     * Does pieces of a work while there is time; one where nobody measures it.
     *
     * @param percent of the thread
     * @param piece some milliseconds of it; false: there is no more
     */
    public static void use(int percent, BooleanSupplier piece) {
        Pace pace = Pace.ofThread();
        boolean more = true;
        while (more && (pace == null || pace.spare(percent, System.nanoTime()))) {
            long begin = System.nanoTime();
            more = piece.getAsBoolean() && pace != null;
            if (pace != null) {
                pace.spent(System.nanoTime() - begin);
            }
        }
    }
}
