package io.tongdao.contract.grant;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A grant compiled against the catalogue: what it reads and what its topic, its schema and its table are made of. Deterministic: items stand in
 * the order of the source table, whatever the order of the grant.
 *
 * @param kind of the source table: which release tasks run it
 * @param source the topic it reads
 * @param items what it releases, in order
 * @param topic the topic of this epoch, with the released schema; of an emergency with that of sealed values (art. 27)
 * @param rows what its rows are written as: the topic's schema, or that of what lies sealed in it
 */
public record GrantPlan(Grant grant, SubjectKind kind, Topic source, List<Item> items, Topic topic, Topic rows) {
    /** Released field: names of the released items whose value the sources dispute. */
    public static final String DISPUTED = "_disputed";
    /** Released field: names of the released items that are null because they were withheld, not because nothing is known. */
    public static final String WITHHELD = "_withheld";

    /**
     * One released item.
     *
     * @param level under its mask
     */
    public record Item(String name, String label, ItemType input, Mask mask, int level) {
        public ItemType output() {
            return mask.output(input);
        }
    }

    /** @throws IllegalArgumentException if the table or an item is not in the catalogue; {@link GrantCheck} tells all such problems at once */
    public static GrantPlan compile(Plan plan, Grant grant) {
        GrantTable table = GrantTable.of(plan, grant.table());
        List<Item> items = new ArrayList<>();
        for (GrantTable.Item item : table.items().values()) {
            Mask mask = grant.items().get(item.name());
            if (mask != null) {
                items.add(new Item(item.name(), item.label(), item.type(), mask, mask.level(item.level())));
            }
        }
        if (items.size() != grant.items().size()) {
            throw new IllegalArgumentException(
                    "grant " + grant.id() + " names items that " + grant.table() + " does not have");
        }
        Schema released = schema(table, grant, items);
        Topic rows = topic(grant, grant.topic() + (grant.sealed() ? Topic.INSIDE : ""), released);
        Topic topic = grant.sealed() ? topic(grant, grant.topic(), sealed(table, grant, items)) : rows;
        return new GrantPlan(grant, table.kind(), table.topic(), List.copyOf(items), topic, rows);
    }

    private static Topic topic(Grant grant, String name, Schema schema) {
        return new Topic(name, grant.partitions(), Policy.RELEASED, schema);
    }

    private static Schema sealed(GrantTable table, Grant grant, List<Item> items) {
        Schema record = RecordSchemas.sealed(name(grant.id()), grant.table(), namespace(grant));
        Labels.label(record, items, Labels.level(table, grant, items));
        return record;
    }

    /** The released items' names. */
    public Set<String> names() {
        return grant.items().keySet();
    }

    private static Schema schema(GrantTable table, Grant grant, List<Item> items) {
        List<Schema.Field> fields = new ArrayList<>();
        Schema nothing = Schema.create(Schema.Type.NULL);
        for (Item item : items) {
            Schema type = Schema.createUnion(nothing, item.output().avro());
            Schema.Field field = new Schema.Field(item.name(), type, item.label(), Schema.Field.NULL_DEFAULT_VALUE);
            Labels.label(field, item);
            fields.add(field);
        }
        for (String names : List.of(DISPUTED, WITHHELD)) {
            Schema list = Schema.createArray(Schema.create(Schema.Type.STRING));
            fields.add(new Schema.Field(names, list, null, List.of()));
        }
        Schema record = Schema.createRecord(name(grant.id()), grant.table(), namespace(grant), false, fields);
        Labels.label(record, items, Labels.level(table, grant, items));
        return record;
    }

    private static String namespace(Grant grant) {
        return switch (grant.kind()) {
            case SHARE, EMERGENCY -> "io.tongdao.share." + name(grant.consumer());
            case RETURN -> "io.tongdao.return.d" + grant.territory();
            case OPEN -> "io.tongdao.open";
            case OPERATE -> "io.tongdao.operate." + name(grant.consumer());
        };
    }

    private static String name(String id) {
        String name = id.replace('-', '_');
        return Character.isDigit(name.charAt(0)) ? "g" + name : name;
    }
}
