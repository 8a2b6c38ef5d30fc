package io.tongdao.reconcile.rule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of very many rows of one dataset about one subject speak: for each item the first that has it, and the first of all. It is a function
 * of the rows, in whatever order they came: {@link #of} all rows, or {@link #changed} step by step.
 *
 * @param first item → the row that speaks for it; {@link #ANY}: the first of all. No items: there are no rows
 */
public record Speakers(Map<String, Rank> first) {
    /** Stands among the items for whatever a row is about. */
    public static final String ANY = "";

    public Speakers {
        first = Map.copyOf(first);
    }

    public static Speakers of(Collection<Claim> rows) {
        Map<String, Rank> first = new HashMap<>();
        rows.forEach(claim -> compete(claim, first));
        return new Speakers(first);
    }

    /**
     * After one row has changed.
     *
     * @param row of the claim
     * @param after none: it says nothing any more
     * @return null: who speaks instead is only found from all rows
     */
    public @Nullable Speakers changed(String row, @Nullable Claim after) {
        Map<String, Rank> next = new HashMap<>(first);
        for (Map.Entry<String, Rank> spoke : first.entrySet()) {
            if (spoke.getValue().row().equals(row)) {
                if (after == null
                        || !has(after, spoke.getKey())
                        || Rank.of(after).compareTo(spoke.getValue()) > 0) {
                    return null;
                }
                next.put(spoke.getKey(), Rank.of(after));
            }
        }
        if (after != null) {
            compete(after, next);
        }
        return next.equals(first) ? this : new Speakers(next);
    }

    /** Whether nobody speaks: no row says anything. */
    public boolean none() {
        return first.isEmpty();
    }

    /** The rows that speak. */
    public Set<String> rows() {
        Set<String> rows = new TreeSet<>();
        first.values().forEach(rank -> rows.add(rank.row()));
        return rows;
    }

    private static boolean has(Claim claim, String item) {
        return item.equals(ANY) || claim.items().containsKey(item);
    }

    private static void compete(Claim claim, Map<String, Rank> first) {
        Rank rank = Rank.of(claim);
        first.merge(ANY, rank, Speakers::least);
        claim.items().keySet().forEach(item -> first.merge(item, rank, Speakers::least));
    }

    private static Rank least(Rank a, Rank b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
