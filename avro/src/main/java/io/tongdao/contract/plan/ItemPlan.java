package io.tongdao.contract.plan;

/**
 * An item of a dataset, compiled.
 *
 * @param name the catalogue's name, snake case; the Avro field
 * @param label 中文名称
 * @param sourceName the agency's column
 * @param level 1-4 of GB/T 43697
 * @param mask the loosest mask under which the item may be released without more consent
 * @param share the share class (art. 30)
 */
public record ItemPlan(
        String name, String label, String sourceName, ItemType type, int level, Mask mask, ShareClass share) {}
