package io.tongdao.lakehouse.open;

/**
 * What one choice of rungs comes to.
 *
 * @param levels of each quasi-identifier, the rung of its ladder, from 0
 * @param group of each row: its number, or {@link #LEFT_OUT}
 * @param groups how many are published
 * @param suppressed how many rows are left out
 * @param small how many groups didn't keep the bounds
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Outcome(int[] levels, int[] group, int groups, int suppressed, int small) {
    public static final int LEFT_OUT = -1;

    public int rows() {
        return group.length;
    }

    public int published() {
        return rows() - suppressed;
    }
}
