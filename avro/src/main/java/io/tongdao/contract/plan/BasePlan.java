package io.tongdao.contract.plan;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Topic;
import java.util.List;
import java.util.Map;

/**
 * A base database (基础库, art. 12), compiled.
 *
 * @param items by name, in the order of the Avro schema
 * @param groups items that move together: all from one source
 */
public record BasePlan(
        String name,
        String title,
        SubjectKind kind,
        Map<String, BaseItemPlan> items,
        List<List<String>> groups,
        Topic topic) {
    /** Avro fields after the items: {@code _sources} (map item → source) and {@code _disputed} (array of item names). */
    public static final String SOURCES = "_sources";

    public static final String DISPUTED = "_disputed";

    /**
     * One item of a golden record.
     *
     * @param order dataset ids: the source of record first (数源部门, art. 23), then the fallbacks
     * @param verify dataset ids that are compared with the winner
     * @param addressee agency that a discrepancy is addressed to: the one whose dataset disagrees is told, this one settles
     */
    public record BaseItemPlan(
            String name,
            String label,
            ItemType type,
            List<String> order,
            List<String> verify,
            Comparison compare,
            int level,
            Mask mask,
            ShareClass share) {}

    /** How two values are brought to one form before a conflict is called. */
    public enum Comparison {
        EXACT,
        HAN_NAME,
        DATE,
        DIVISION,
        CODE,
        ORGANISATION_NAME
    }
}
