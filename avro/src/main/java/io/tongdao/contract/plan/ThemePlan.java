package io.tongdao.contract.plan;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One table of a thematic database (主题库, art. 12), compiled. Its schema has the items, then {@link BasePlan#DISPUTED}: the names of those
 * that a source behind them disputes.
 *
 * @param database its thematic database
 * @param division whose it is: of the province, a prefecture or a county
 * @param kind of the subjects that its rows are about: which partitions its topic has
 * @param rows {@code agency.dataset} or {@code base.<database>}: gives the rows and their keys
 * @param rowKey the items of {@code rows} that tell rows of one subject apart
 * @param items by name, in the order of the Avro schema
 * @param territory the item by whose division a row belongs to a lower level; empty at the province
 * @param level of a whole row: the highest of its items, or what the assessment of its composition raises it to (art. 25)
 * @param purposes codes that every provider of it allows; empty: none restricts them
 * @param grade the gravest of its sources
 */
public record ThemePlan(
        String database,
        String table,
        String title,
        String division,
        SubjectKind kind,
        String rows,
        List<String> rowKey,
        Map<String, Item> items,
        String territory,
        int level,
        List<String> purposes,
        Grade grade,
        Topic topic) {

    /** {@code database.table}. */
    public String id() {
        return database + "." + table;
    }

    /** Its table in the lakehouse: {@code theme_<database>.<table>}. */
    public String lakeTable() {
        return "theme_" + id();
    }

    /** Every dataset and base database that it shows something of, each once: its rows first. */
    public List<String> sources() {
        return Stream.concat(Stream.of(rows), items.values().stream().map(Item::source))
                .distinct()
                .toList();
    }

    /** The strictest share class of its items. */
    public ShareClass share() {
        return items.values().stream().map(Item::share).reduce(ShareClass.UNCONDITIONAL, ShareClass::stricter);
    }

    /** The strictest open class of its items. */
    public ShareClass open() {
        return items.values().stream().map(Item::open).reduce(ShareClass.UNCONDITIONAL, ShareClass::stricter);
    }

    /**
     * One item, as strict as the strictest source behind it.
     *
     * @param function how it comes of the source's rows: the value of one, or a figure over all that the subject has
     * @param source {@code agency.dataset} or {@code base.<database>}
     * @param sourceItem the item there; empty where rows are counted
     * @param by the item of the row with the identifier of the other subject; empty: of the same subject
     */
    public record Item(
            String name,
            String label,
            ItemType type,
            Function function,
            String source,
            String sourceItem,
            String by,
            int level,
            Mask mask,
            Mask returnMask,
            ShareClass share,
            ShareClass open) {

        /** The same item under other classes. */
        public Item under(ShareClass otherShare, ShareClass otherOpen) {
            return new Item(
                    name,
                    label,
                    type,
                    function,
                    source,
                    sourceItem,
                    by,
                    level,
                    mask,
                    returnMask,
                    otherShare,
                    otherOpen);
        }
    }

    /** From rows to one value. */
    public enum Function {
        VALUE,
        COUNT,
        SUM,
        LEAST,
        GREATEST
    }
}
