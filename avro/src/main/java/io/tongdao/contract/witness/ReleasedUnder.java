package io.tongdao.contract.witness;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Under what something was released, as an entry of the ledger says it (留痕, art. 28): complete in itself, so that it is understood when the
 * grant and the catalogue have long changed.
 *
 * @param epoch of the grant; its items are the same throughout
 * @param kind {@code share}, {@code return}, {@code emergency}
 * @param table the source: {@code ga.household_population}, {@code base.population}, {@code theme.<database>.<table>}
 * @param key {@code clear}: the identifier itself was given; {@code token}: it was not
 * @param items the item set: {@code full_name:surname,gender_code:keep}, in the table's order, each with its mask
 */
public record ReleasedUnder(
        String grant, int epoch, String kind, String consumer, String purpose, String table, String key, String items) {

    public static ReleasedUnder of(GrantPlan plan) {
        Grant grant = plan.grant();
        String items = plan.items().stream()
                .map(item -> item.name() + ':' + item.mask().word())
                .collect(Collectors.joining(","));
        return new ReleasedUnder(
                grant.id(),
                grant.epoch(),
                grant.kind().word(),
                grant.consumer(),
                grant.purpose(),
                grant.table(),
                grant.key() == Grant.KeyForm.CLEAR ? "clear" : "token",
                items);
    }

    /** The items by name, each with the word of its mask, in their order. */
    public Map<String, String> masks() {
        Map<String, String> masks = new LinkedHashMap<>();
        for (String item : items.split(",", -1)) {
            int colon = item.indexOf(':');
            if (colon > 0) {
                masks.put(item.substring(0, colon), item.substring(colon + 1));
            }
        }
        return masks;
    }
}
