package io.tongdao.lakehouse.open;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table at one moment as the search sees it: numbers instead of values, equal where the values are equal. Rows of protected subjects are not in
 * it. Arrays are not copied: nobody may write to them.
 *
 * @param subjects of each row, the number of whom it is about
 * @param quasi of each quasi-identifier, on each rung of its ladder, the number of each row's value
 * @param sensitive of each sensitive item, the number of each row's value; negative: it has none
 * @param past what was published of these rows before
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Snapshot(int[] subjects, List<List<int[]>> quasi, List<int[]> sensitive, Past past) {

    /** What nobody was ever told of. */
    public static final int NEVER = -1;

    /**
     * What an attacker may have kept of former versions. Rows that were published alike in all of them, in the same group or absent, are of one
     * atom: nothing in those versions tells one of them from another.
     *
     * @param atom of each row of the snapshot: its atom, or {@link #NEVER}
     * @param told of each sensitive item, what each row was last published with; of use where it has an atom
     * @param gone the rows that were published once and are not in the snapshot
     */
    public record Past(int[] atom, List<int[]> told, List<Gone> gone) {}

    /**
     * @param subject the number of whom it was about
     * @param told the number of what each sensitive item was last published with
     */
    public record Gone(int atom, int subject, int[] told) {}

    int rows() {
        return subjects.length;
    }

    /** The number of rungs of each ladder. */
    int[] heights() {
        return quasi.stream().mapToInt(List::size).toArray();
    }

    int[] sensitiveOf(int row) {
        return sensitive.stream().mapToInt(values -> values[row]).toArray();
    }

    int[] toldOf(int row) {
        return past.told().stream().mapToInt(values -> values[row]).toArray();
    }

    /** The rows of each atom that are there. */
    List<List<Integer>> byAtom() {
        int atoms = Math.max(
                IntStream.of(past.atom()).max().orElse(NEVER),
                past.gone().stream().mapToInt(Gone::atom).max().orElse(NEVER));
        List<List<Integer>> members = new ArrayList<>();
        IntStream.rangeClosed(0, atoms).forEach(atom -> members.add(new ArrayList<>()));
        for (int row = 0; row < rows(); row++) {
            if (past.atom()[row] != NEVER) {
                members.get(past.atom()[row]).add(row);
            }
        }
        return members;
    }
}
