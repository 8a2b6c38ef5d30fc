package io.tongdao.contract.plan;

/**
 * An item of a dataset, compiled.
 *
 * @param name the catalogue's name, snake case; the Avro field
 * @param label 中文名称
 * @param sourceName the agency's column, empty for what no column holds ({@link SubjectPlan#ROLE_ITEM})
 * @param level 1-4 of GB/T 43697
 * @param mask the loosest mask under which the item may be shared without more consent
 * @param returnMask the same for a return to the territory that it came from (art. 26)
 * @param share the share class (art. 30)
 */
public record ItemPlan(
        String name,
        String label,
        String sourceName,
        ItemType type,
        int level,
        Mask mask,
        Mask returnMask,
        ShareClass share) {

    /** An item that is returned as it is shared. */
    public ItemPlan(
            String name, String label, String sourceName, ItemType type, int level, Mask mask, ShareClass share) {
        this(name, label, sourceName, type, level, mask, mask, share);
    }
}
