package io.tongdao.lakehouse.open;

import io.tongdao.contract.open.PublicationPlan.Bounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot on one rung of each ladder: which rows are published. A group is the rows that share their generalised quasi-identifiers and their
 * past.
 *
 * <ul>
 *   <li>A group that doesn't keep the bounds is left out.
 *   <li>What is absent now of an atom, gone or left out, can be told by the difference from former versions. Where that set doesn't keep the
 *       bounds, more rows of the atom are left out until it does, from its largest group first and in the snapshot's order; a group that would
 *       not keep the bounds without them is left out whole.
 * </ul>
 */
final class Grouping {
    private final Snapshot snapshot;
    private final Bounds bounds;
    private final List<List<Integer>> members = new ArrayList<>();
    private final List<Integer> whole = new ArrayList<>();
    private final boolean[] left;

    private Grouping(Snapshot snapshot, Bounds bounds, int[] levels) {
        this.snapshot = snapshot;
        this.bounds = bounds;
        this.left = new boolean[snapshot.rows()];
        int[] groups = numbered(snapshot.past().atom());
        for (int item = 0; item < levels.length; item++) {
            groups = refined(groups, snapshot.quasi().get(item).get(levels[item]));
        }
        for (int row = 0; row < snapshot.rows(); row++) {
            while (members.size() <= groups[row]) {
                members.add(new ArrayList<>());
            }
            members.get(groups[row]).add(row);
        }
    }

    /** @param levels of each quasi-identifier, the rung of its ladder, from 0 */
    static Outcome of(Snapshot snapshot, Bounds bounds, int[] levels) {
        Grouping grouping = new Grouping(snapshot, bounds, levels);
        int small = grouping.leaveSmallGroupsOut();
        grouping.coverWhatIsGone();
        return grouping.outcome(levels, small);
    }

    private static int[] numbered(int[] atoms) {
        int[] numbers = new int[atoms.length];
        Map<Integer, Integer> seen = new HashMap<>();
        for (int row = 0; row < atoms.length; row++) {
            numbers[row] = seen.computeIfAbsent(atoms[row], atom -> seen.size());
        }
        return numbers;
    }

    private static int[] refined(int[] groups, int[] values) {
        int[] finer = new int[groups.length];
        Map<Long, Integer> seen = new HashMap<>();
        for (int row = 0; row < groups.length; row++) {
            long both = ((long) groups[row] << Integer.SIZE) | (values[row] & 0xFFFF_FFFFL);
            finer[row] = seen.computeIfAbsent(both, key -> seen.size());
        }
        return finer;
    }

    private int leaveSmallGroupsOut() {
        int small = 0;
        for (int number = 0; number < members.size(); number++) {
            if (keeps(members.get(number))) {
                whole.add(number);
            } else {
                small++;
                leave(members.get(number));
            }
        }
        return small;
    }

    private void coverWhatIsGone() {
        List<List<Integer>> atoms = snapshot.byAtom();
        List<Tally> absent = new ArrayList<>();
        atoms.forEach(atom -> absent.add(tally()));
        snapshot.past().gone().forEach(gone -> absent.get(gone.atom()).add(gone.subject(), gone.told()));
        Map<Integer, List<List<Integer>>> published = new HashMap<>();
        whole.forEach(number -> published
                .computeIfAbsent(snapshot.past().atom()[members.get(number).getFirst()], atom -> new ArrayList<>())
                .add(members.get(number)));
        for (int atom = 0; atom < atoms.size(); atom++) {
            Tally gone = absent.get(atom);
            atoms.get(atom).stream().filter(row -> left[row]).forEach(row -> told(gone, row));
            if (!gone.empty() && !gone.keeps(bounds)) {
                cover(gone, published.getOrDefault(atom, List.of()));
            }
        }
    }

    private void cover(Tally gone, List<List<Integer>> groups) {
        List<List<Integer>> largest = groups.stream()
                .sorted(Comparator.comparing(List<Integer>::size).reversed())
                .toList();
        for (List<Integer> rows : largest) {
            int taken = 0;
            while (taken < rows.size() && !gone.keeps(bounds)) {
                told(gone, rows.get(taken++));
            }
            List<Integer> rest = rows.subList(taken, rows.size());
            leave(keeps(rest) ? rows.subList(0, taken) : rows);
            if (!keeps(rest)) {
                rest.forEach(row -> told(gone, row));
            }
            if (gone.keeps(bounds)) {
                return;
            }
        }
    }

    private void told(Tally gone, int row) {
        gone.add(snapshot.subjects()[row], snapshot.toldOf(row));
    }

    private void leave(List<Integer> rows) {
        rows.forEach(row -> left[row] = true);
    }

    private boolean keeps(List<Integer> rows) {
        Tally tally = tally();
        rows.forEach(row -> tally.add(snapshot.subjects()[row], snapshot.sensitiveOf(row)));
        return tally.keeps(bounds);
    }

    private Tally tally() {
        return new Tally(snapshot.sensitive().size());
    }

    private Outcome outcome(int[] levels, int small) {
        int[] published = new int[snapshot.rows()];
        Arrays.fill(published, Outcome.LEFT_OUT);
        int groups = 0;
        int suppressed = 0;
        for (List<Integer> rows : members) {
            List<Integer> kept = rows.stream().filter(row -> !left[row]).toList();
            for (int row : kept) {
                published[row] = groups;
            }
            groups += kept.isEmpty() ? 0 : 1;
            suppressed += rows.size() - kept.size();
        }
        return new Outcome(levels, published, groups, suppressed, small);
    }
}
