package io.tongdao.contract.catalogue;

import io.tongdao.contract.open.PublicationPlan.Role;
import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.ShareClass;
import java.util.List;
import java.util.Map;

/**
 * An entry of the open catalogue (开放目录, art. 39), as written: what of one table is opened, and how far generalised.
 *
 * @param table {@code agency.dataset}, {@code base.<database>} or {@code theme.<database>.<table>}
 * @param zone whose part of the open catalogue it stands in (开放专区, art. 40)
 * @param publisher 开放主体
 */
public record Publication(
        String id,
        Place at,
        String title,
        Ref table,
        ShareClass type,
        Place typeAt,
        Ref zone,
        Dataset.Cycle update,
        String licence,
        String contact,
        Ref publisher,
        Map<String, Item> items) {

    /** @param ladder the rungs that could be read, as written */
    public record Item(String name, Place at, List<Rung> ladder, Place ladderAt, Role role) {}
}
