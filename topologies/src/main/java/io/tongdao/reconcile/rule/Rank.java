package io.tongdao.reconcile.rule;

import org.jspecify.annotations.Nullable;

/**
 * Where a row stands among the rows of its dataset about one subject: the least speaks. The greatest {@code as_of} first, then what was
 * written about the subject itself before what was about its former identifier, then the greatest row key.
 *
 * @param row as {@link Claim#row}
 * @param asOf as {@link Claim#asOf}; rows without one come last
 */
public record Rank(String row, @Nullable Object asOf) implements Comparable<Rank> {

    static Rank of(Claim claim) {
        return new Rank(claim.row(), claim.asOf());
    }

    static int compare(Claim a, Claim b) {
        return compare(a.row(), a.asOf(), b.row(), b.asOf());
    }

    @Override
    public int compareTo(Rank that) {
        return compare(row, asOf, that.row, that.asOf);
    }

    private static int compare(String rowA, @Nullable Object asOfA, String rowB, @Nullable Object asOfB) {
        if (asOfA == null || asOfB == null) {
            if (asOfA != asOfB) {
                return asOfA == null ? 1 : -1;
            }
        } else {
            int later = laterFirst(asOfA, asOfB);
            if (later != 0) {
                return later;
            }
        }
        boolean movedA = Claim.moved(rowA);
        return movedA == Claim.moved(rowB) ? rowB.compareTo(rowA) : movedA ? 1 : -1;
    }

    @SuppressWarnings("unchecked") // of one class, and the classes of items are comparable
    private static int laterFirst(Object a, Object b) {
        return a.getClass() == b.getClass()
                ? ((Comparable<Object>) b).compareTo(a)
                : b.getClass().getName().compareTo(a.getClass().getName());
    }

    @Override
    public String toString() {
        return "Rank[***]";
    }
}
