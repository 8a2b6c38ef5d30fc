package io.tongdao.contract.grant;

import io.tongdao.contract.plan.Mask;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * What a released table says of itself: that it is masked, which items and how, and its level after that (数据分级, GB/T 43697). Properties of
 * its Avro schema, on each field and on the record: readers that don't know them are not disturbed, and a schema with other labels is compatible.
 */
public final class Labels {
    /** On a field the mask's word; on the record item → mask, of those that are not kept. */
    public static final String MASK = "tongdao.mask";
    /** On a field the item's level under its mask; on the record the whole table's. */
    public static final String LEVEL = "tongdao.level";

    private static final int HIGHEST = 4;

    private Labels() {}

    /** The level of what a grant releases of a table: the highest of its items and of its key under their masks, as much higher as the table is. */
    static int level(GrantTable table, Grant grant, List<GrantPlan.Item> items) {
        int highest = key(table, grant);
        for (GrantPlan.Item item : items) {
            highest = Math.max(highest, item.level());
        }
        return Math.min(highest + table.raised(), HIGHEST);
    }

    private static int key(GrantTable table, Grant grant) {
        Mask mask = grant.key() == Grant.KeyForm.CLEAR ? Mask.KEEP : Mask.TOKEN;
        return table.items().values().stream()
                .filter(item -> table.identifiers().contains(item.name()))
                .mapToInt(item -> mask.level(item.level()))
                .max()
                .orElse(1);
    }

    static void label(Schema.Field field, GrantPlan.Item item) {
        field.addProp(MASK, item.mask().word());
        field.addProp(LEVEL, item.level());
    }

    static void label(Schema record, List<GrantPlan.Item> items, int level) {
        Map<String, String> masks = new TreeMap<>();
        items.stream()
                .filter(item -> item.mask() != Mask.KEEP)
                .forEach(item -> masks.put(item.name(), item.mask().word()));
        record.addProp(MASK, masks);
        record.addProp(LEVEL, level);
    }
}
