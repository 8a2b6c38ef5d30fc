package io.tongdao.contract.plan;

import org.jspecify.annotations.Nullable;

/**
 * An item of a dataset, compiled.
 *
 * @param name the catalogue's name, snake case; the Avro field
 * @param label 中文名称
 * @param sourceName the agency's column, empty for what no column holds ({@link SubjectPlan#ROLE_ITEM})
 * @param standard the standard that its values follow, {@code id} or {@code id@version} ({@link Plan#standards()}); empty: none
 * @param level 1-4 of GB/T 43697
 * @param personal whether it is personal information, and of which kind
 * @param mask the loosest mask under which the item may be shared without more consent
 * @param returnMask the same for a return to the territory that it came from (art. 26)
 * @param share the share class (art. 30)
 * @param open the open class (art. 37)
 * @param verify whether values may be verified (art. 33); what is withheld may be only where a citation allows it
 * @param withdraws the state of a row that takes back what any source says of the item; a row without such a word never does
 */
public record ItemPlan(
        String name,
        String label,
        String sourceName,
        ItemType type,
        String standard,
        int level,
        Personal personal,
        Mask mask,
        Mask returnMask,
        ShareClass share,
        ShareClass open,
        boolean verify,
        SubjectPlan.@Nullable When withdraws) {

    /** An item that no row withdraws. */
    public ItemPlan(
            String name,
            String label,
            String sourceName,
            ItemType type,
            String standard,
            int level,
            Personal personal,
            Mask mask,
            Mask returnMask,
            ShareClass share,
            ShareClass open,
            boolean verify) {
        this(name, label, sourceName, type, standard, level, personal, mask, returnMask, share, open, verify, null);
    }

    /** An item that is not opened, and verified unless it is withheld. */
    public ItemPlan(
            String name,
            String label,
            String sourceName,
            ItemType type,
            int level,
            Mask mask,
            Mask returnMask,
            ShareClass share) {
        this(
                name,
                label,
                sourceName,
                type,
                type instanceof ItemType.Code code ? code.standard() : "",
                level,
                Personal.NONE,
                mask,
                returnMask,
                share,
                ShareClass.WITHHELD,
                share != ShareClass.WITHHELD);
    }

    /** An item that is returned as it is shared. */
    public ItemPlan(
            String name, String label, String sourceName, ItemType type, int level, Mask mask, ShareClass share) {
        this(name, label, sourceName, type, level, mask, mask, share);
    }
}
