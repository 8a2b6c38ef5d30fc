package io.tongdao.runtime;

/**
 * How often a stage's state has been begun anew. It leads the versions ({@code ver}) of what the stage writes: what a rebuild finds is newer than
 * whatever was there.
 *
 * @param number 1 at the very first start
 * @param reading whether the stage has its state taken away and reads its sources from their beginning: it writes nothing until it is told
 */
public record Generation(int number, boolean reading) {
    public static final Generation FIRST = new Generation(1, false);
}
