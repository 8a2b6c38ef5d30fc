package io.tongdao.reconcile.rule;

import java.util.List;

/**
 * Sources contradict each other in an item, or a check does not hold, now.
 *
 * @param item of the base database, or the name of a check
 * @param winner the dataset whose value stands; of a check the first that it reads
 * @param against datasets that say otherwise, sorted; of a check the others that it reads
 * @param blamed agencies that are told, sorted
 * @param valueSet names the set of values, and whose stands, without telling them: keyed, so that it can't be found by trying
 * @param leading names the value that stands in the same way; of a check what {@code valueSet} does
 */
public record Conflict(
        String item, String winner, List<String> against, List<String> blamed, String valueSet, String leading) {}
