package io.tongdao.runtime;

import java.util.function.BooleanSupplier;

/** The time of a stream thread that work beside the changes may take: a share of it, for all tasks of the thread together. */
public final class Spare {
    private Spare() {}

    /** The same as {@link #use} for what nobody waits for: not while a queue stands before the thread. */
    public static void useIfCalm(int percent, BooleanSupplier piece) {
        Pace pace = Pace.ofThread();
        if (pace == null || !pace.queued()) {
            use(percent, piece);
        }
    }

    /**
     * Does pieces of a work while there is time, a queue or not; one where nobody measures it.
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
