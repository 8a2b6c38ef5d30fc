package io.tongdao.ops.opening;

import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.PublicationPlan.Item;
import io.tongdao.contract.open.Rung;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is said of one version wherever it is described.
 *
 * @param applicant whom it is for; empty: everybody
 * @param rungs item → the rung on which it is published
 * @param rows how many are published
 * @param suppressed how many are left out
 * @param limit how many might have been
 * @param loss of information, between 0 and 1
 */
public record Version(
        PublicationPlan publication,
        int number,
        String applicant,
        Instant at,
        Map<String, Rung> rungs,
        int rows,
        int suppressed,
        int limit,
        int groups,
        double loss) {

    /** The items that are not dropped, in the order of the columns. */
    List<Item> shown() {
        return publication.items().values().stream()
                .filter(item -> rung(item) != Rung.DROP)
                .toList();
    }

    Rung rung(Item item) {
        return rungs.getOrDefault(item.name(), Rung.DROP);
    }
}
