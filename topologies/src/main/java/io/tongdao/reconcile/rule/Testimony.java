package io.tongdao.reconcile.rule;

import org.jspecify.annotations.Nullable;

/**
 * What one row says of an item, and how that stands to the golden record: found by the functions that make the golden record, so that both
 * say the same.
 *
 * @param value in the golden item's own code table; none: it takes the item back, or its code has no equal there
 */
public record Testimony(String item, Claim claim, @Nullable Object value, Standing standing) {

    /** How a row's word stands to the one that is served. */
    public enum Standing {
        /** 采用: its value is the golden record's. */
        SERVED,
        /** 一致: compared, and the same. */
        AGREES,
        /** 不一致: compared, and another. */
        DIFFERS,
        /** 未比对: no rule compares it, or there is nothing to compare it with. */
        NOT_COMPARED,
        /** 较早: a newer row of its dataset speaks. */
        OLDER,
        /** 撤回: it takes the item back. */
        TAKES_BACK
    }

    @Override
    public String toString() {
        return "Testimony[" + item + " " + claim.dataset() + " " + standing + " ***]";
    }
}
