package io.tongdao.runtime;

/**
 * How often a stage's state has been begun anew. It leads the versions ({@code ver}) of what the stage writes: what a rebuild finds is newer than
 * whatever was there.
 *
 * @param number 1 at the very first start
 */
public record Generation(int number, State state) {
    public static final Generation FIRST = new Generation(1, State.SETTLED);

    /** What the stage does with it. */
    public enum State {
        /** It has had its state taken away and reads its sources from their beginning: a task writes nothing until it is released. */
        READING,
        /** Tasks that were held are released, or go through their subjects. */
        WALKING,
        /** Nobody is held any more. */
        SETTLED
    }
}
