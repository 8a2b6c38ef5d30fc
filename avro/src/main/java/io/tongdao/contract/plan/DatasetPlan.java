package io.tongdao.contract.plan;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A dataset, compiled: what its connector, its topic and its table are made of.
 *
 * @param id {@code agency.dataset}
 * @param connection the entry of {@code sources.yaml}
 * @param table the agency's table, {@code schema.table} or {@code database.table}
 * @param subjects one, or several with roles
 * @param rowKey the items (by catalogue name) that tell rows of one subject apart; empty: the source guarantees one row a subject
 * @param asOf the item that says when a row was true, or empty: decides between several rows of one subject
 * @param items by name, in the order of the Avro schema
 * @param territories basis of a return flow (hukou, residence, handling) → the item with its division (art. 26)
 * @param purposes codes of the purposes it is shared for; empty: unrestricted
 * @param intake how its rows come in; connection and table are empty where they come by files
 * @param grade important data is never opened, and needs an assessment for each grant
 * @param incident for whose sake it is collected (art. 27), or empty: sealed by that incident's key, and released under it alone
 */
public record DatasetPlan(
        String id,
        String agency,
        String name,
        String title,
        String connection,
        String table,
        List<SubjectPlan> subjects,
        List<String> rowKey,
        String asOf,
        Map<String, ItemPlan> items,
        Topic topic,
        Map<String, String> territories,
        List<String> purposes,
        Intake intake,
        Grade grade,
        String incident) {

    /** A dataset with no territory and no restriction of purpose. */
    public DatasetPlan(
            String id,
            String agency,
            String name,
            String title,
            String connection,
            String table,
            List<SubjectPlan> subjects,
            List<String> rowKey,
            String asOf,
            Map<String, ItemPlan> items,
            Topic topic) {
        this(id, agency, name, title, connection, table, subjects, rowKey, asOf, items, topic, Map.of(), List.of());
    }

    /** A dataset that is captured from a database. */
    public DatasetPlan(
            String id,
            String agency,
            String name,
            String title,
            String connection,
            String table,
            List<SubjectPlan> subjects,
            List<String> rowKey,
            String asOf,
            Map<String, ItemPlan> items,
            Topic topic,
            Map<String, String> territories,
            List<String> purposes) {
        this(
                id,
                agency,
                name,
                title,
                connection,
                table,
                subjects,
                rowKey,
                asOf,
                items,
                topic,
                territories,
                purposes,
                Intake.CAPTURE,
                Grade.GENERAL,
                "");
    }

    /** Whether its rows lie sealed in its topic. */
    public boolean sealed() {
        return !incident.isEmpty();
    }

    /** What its rows are written as: its topic's schema; of one that is sealed that of what is inside, which is no topic of its own. */
    public Topic rows() {
        return sealed()
                ? new Topic(
                        topic.name() + Topic.INSIDE,
                        topic.partitions(),
                        topic.policy(),
                        RecordSchemas.src(agency, name, title, items.values()))
                : topic;
    }

    /** Its table in the lakehouse: {@code src_<agency>.<dataset>}. */
    public String lakeTable() {
        return "src_" + agency + "." + name;
    }

    /** The kind of its first subject: its topic is partitioned with it, and all kinds of its subjects have as many partitions. */
    public SubjectKind kind() {
        return subjects.getFirst().kind();
    }

    /** Whether any of its subjects is of this kind. */
    public boolean about(SubjectKind kind) {
        return subjects.stream().anyMatch(subject -> subject.kind() == kind);
    }

    /** Item → type. */
    public Map<String, ItemType> types() {
        Map<String, ItemType> types = new LinkedHashMap<>();
        items.forEach((name, item) -> types.put(name, item.type()));
        return types;
    }

    /** The items that name what a row's own subject was before. */
    public Set<String> formerly() {
        Set<String> formerly = new TreeSet<>();
        subjects.forEach(subject -> formerly.addAll(subject.formerly()));
        return formerly;
    }

    /** The items that may name others than a row's own subject, with what tells their kind. */
    public Map<String, ItemType> naming() {
        Map<String, ItemType> types = types();
        if (subjects.size() == 1) {
            types.remove(subjects.getFirst().item());
        }
        return types;
    }
}
