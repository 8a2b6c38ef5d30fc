package io.tongdao.lakehouse.open;

import io.tongdao.contract.open.PublicationPlan.Bounds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Counts whom the rows of a set are about, and their different sensitive values: whether the set tells of one of them. */
final class Tally {
    private final List<Set<Integer>> values;
    private final Set<Integer> subjects = new HashSet<>();

    Tally(int sensitive) {
        values = IntStream.range(0, sensitive)
                .<Set<Integer>>mapToObj(item -> new HashSet<>())
                .toList();
    }

    /**
     * @param subject the number of whom a row is about: several rows of one hide nobody
     * @param sensitive the number of each sensitive value; a value that is not there hides nothing
     */
    void add(int subject, int[] sensitive) {
        subjects.add(subject);
        for (int item = 0; item < sensitive.length; item++) {
            if (sensitive[item] >= 0) {
                values.get(item).add(sensitive[item]);
            }
        }
    }

    boolean empty() {
        return subjects.isEmpty();
    }

    /** Whether the set is large and mixed enough. */
    boolean keeps(Bounds bounds) {
        return subjects.size() >= bounds.k() && values.stream().allMatch(set -> set.size() >= bounds.l());
    }
}
