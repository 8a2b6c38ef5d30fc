package io.tongdao.reconcile.rule;

import java.util.List;

/**
 * Sources contradict each other in an item, now.
 *
 * @param winner the dataset whose value stands
 * @param against datasets that say otherwise, sorted
 * @param valueSet names the set of values without telling them: keyed, so that it can't be found by trying
 */
public record Conflict(String item, String winner, List<String> against, String valueSet) {}
