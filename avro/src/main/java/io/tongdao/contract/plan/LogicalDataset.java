package io.tongdao.contract.plan;

import io.tongdao.contract.identity.SubjectKind;
import java.util.List;
import java.util.Map;

/**
 * A dataset that is collected logically (逻辑归集): it stays with its agency, has no topic and no table, and is reachable only for
 * verification at its source ({@link io.tongdao.contract.verify.VerifyAtSource}).
 *
 * @param id {@code agency.dataset}
 * @param connection the entry of {@code sources.yaml}
 * @param table the agency's table, {@code schema.table} or {@code database.table}
 * @param subjects one, or several with roles
 * @param asOf the item that says when a row was true: the newest row of a subject speaks; empty: any of its rows may match
 * @param items by name
 * @param purposes codes of the purposes it may be verified for; empty: unrestricted
 */
public record LogicalDataset(
        String id,
        String agency,
        String name,
        String title,
        String connection,
        String table,
        List<SubjectPlan> subjects,
        String asOf,
        Map<String, ItemPlan> items,
        List<String> purposes) {

    public SubjectKind kind() {
        return subjects.getFirst().kind();
    }
}
