package io.tongdao.contract.open;

import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.ShareClass;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is opened of one table (开放目录条目, art. 37-40), compiled. What it doesn't list is not published.
 *
 * @param table as a grant names it: {@code agency.dataset}, {@code base.<database>} or {@code theme.<database>.<table>}
 * @param items by name, in the order of the columns
 * @param type unconditional, or conditional: each version is for one applicant
 * @param zone the division in whose part of the open catalogue it stands (art. 39)
 * @param update how often it is meant to be published, the catalogue's word
 * @param publisher the agency that opens it
 * @param bounds what every group of its rows must keep
 */
public record PublicationPlan(
        String id,
        String title,
        String table,
        Map<String, Item> items,
        ShareClass type,
        String zone,
        String update,
        String licence,
        String contact,
        String publisher,
        Bounds bounds) {

    /** What an item tells of whom. */
    public enum Role {
        /** An attacker may know it of someone already. */
        QUASI,
        /** Nobody outside knows it; it must not be told of one person or body. */
        SENSITIVE
    }

    /** @param ladder from the finest to the coarsest; of a sensitive item one rung */
    public record Item(String name, String label, ItemType type, List<Rung> ladder, Role role) {}

    /**
     * Thresholds (terms.yaml).
     *
     * @param k the fewest rows that share their quasi-identifiers
     * @param l the fewest different values of each sensitive item among them
     * @param suppressPercent of the rows that may be left out
     */
    public record Bounds(int k, int l, int suppressPercent) {}

    public boolean conditional() {
        return type == ShareClass.CONDITIONAL;
    }

    public List<Item> quasi() {
        return some(item -> item.role() == Role.QUASI);
    }

    public List<Item> sensitive() {
        return some(item -> item.role() == Role.SENSITIVE);
    }

    private List<Item> some(Predicate<Item> which) {
        return items.values().stream().filter(which).toList();
    }
}
