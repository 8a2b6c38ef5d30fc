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
 * @param territories basis of a return flow (hukou, residence, handling) → the item with its division (art. 26)
 * @param purposes codes that every provider of a conditional source allows; empty: no provider restricts them
 */
public record BasePlan(
        String name,
        String title,
        SubjectKind kind,
        Map<String, BaseItemPlan> items,
        List<List<String>> groups,
        Topic topic,
        Map<String, String> territories,
        List<String> purposes) {
    /** A base database with no territory and no restriction of purpose. */
    public BasePlan(
            String name,
            String title,
            SubjectKind kind,
            Map<String, BaseItemPlan> items,
            List<List<String>> groups,
            Topic topic) {
        this(name, title, kind, items, groups, topic, Map.of(), List.of());
    }

    /** Avro fields after the items: {@code _sources} (map item → source) and {@code _disputed} (array of item names). */
    public static final String SOURCES = "_sources";

    public static final String DISPUTED = "_disputed";

    /**
     * One item of a golden record.
     *
     * @param order dataset ids: the source of record first (数源部门, art. 23), then the fallbacks
     * @param verify dataset ids that are compared with the winner
     * @param level the strictest of all sources, as are {@code mask}, {@code returnMask} and {@code share}
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
            Mask returnMask,
            ShareClass share) {

        /** An item that is returned as it is shared. */
        public BaseItemPlan(
                String name,
                String label,
                ItemType type,
                List<String> order,
                List<String> verify,
                Comparison compare,
                int level,
                Mask mask,
                ShareClass share) {
            this(name, label, type, order, verify, compare, level, mask, mask, share);
        }
    }

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
