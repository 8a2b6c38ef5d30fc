package io.tongdao.contract.grant;

import io.tongdao.contract.plan.Mask;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a grant releases (使用范围, art. 32).
 *
 * @param table the source table: a dataset id, {@code base.<name>} or {@code theme.<database>.<table>}; empty while it is missing
 * @param items item → mask, only tighter than the catalogue's but where the item's providers consent
 * @param filter CEL over the source's items, empty: all rows
 * @param territory division code of a return grant and the item that carries the basis, else empty
 * @param key token, or clear where the identifier itself is granted unmasked
 */
public record GrantScope(
        String table,
        Map<String, Mask> items,
        String filter,
        String territory,
        String territoryItem,
        Grant.KeyForm key) {
    public GrantScope {
        items = new TreeMap<>(items);
    }

    GrantScope narrowedTo(Map<String, Mask> items) {
        return new GrantScope(table, items, filter, territory, territoryItem, key);
    }
}
