package io.tongdao.contract.plan;

import io.tongdao.contract.seal.Seal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The Avro schemas of src and base records: fields in the catalogue's order, each nullable with default null, its Chinese name as
 * doc. The same catalogue always gives the same bytes.
 */
public final class RecordSchemas {
    private static final String BASE_NAMESPACE = "io.tongdao.base";

    private RecordSchemas() {}

    /** {@code io.tongdao.src.<agency>.<dataset>}. */
    public static Schema src(String agency, String dataset, String title, Collection<ItemPlan> items) {
        List<Schema.Field> fields = new ArrayList<>();
        items.forEach(item -> fields.add(item(item.name(), item.label(), item.type())));
        return Schema.createRecord(dataset, title, "io.tongdao.src." + name(agency), false, fields);
    }

    /** {@code io.tongdao.src.<agency>.<dataset>} of a dataset that lies sealed: nothing of it but one field of bytes. */
    public static Schema sealedSrc(String agency, String dataset, String title) {
        return sealed(dataset, title, "io.tongdao.src." + name(agency));
    }

    /** A record that is sealed whole, see {@link Seal}. */
    public static Schema sealed(String record, String doc, String namespace) {
        Schema.Field bytes = new Schema.Field(Seal.FIELD, Schema.create(Schema.Type.BYTES), "密文", null);
        return Schema.createRecord(record, doc, namespace, false, List.of(bytes));
    }

    /** {@code io.tongdao.base.<database>}: the items, then {@code _sources} and {@code _disputed}. */
    public static Schema base(String database, String title, Collection<BasePlan.BaseItemPlan> items) {
        List<Schema.Field> fields = new ArrayList<>();
        items.forEach(item -> fields.add(item(item.name(), item.label(), item.type())));
        fields.add(new Schema.Field(BasePlan.SOURCES, Schema.createMap(source()), "数源", Map.of()));
        fields.add(disputed());
        return Schema.createRecord(database, title, BASE_NAMESPACE, false, fields);
    }

    /** {@code io.tongdao.theme.<database>.<table>}: the items, then {@code _disputed}. */
    public static Schema theme(String database, String table, String title, Collection<ThemePlan.Item> items) {
        List<Schema.Field> fields = new ArrayList<>();
        items.forEach(item -> fields.add(item(item.name(), item.label(), item.type())));
        fields.add(disputed());
        return Schema.createRecord(table, title, "io.tongdao.theme." + database, false, fields);
    }

    private static Schema.Field disputed() {
        return new Schema.Field(
                BasePlan.DISPUTED, Schema.createArray(Schema.create(Schema.Type.STRING)), "存疑数据项", List.of());
    }

    /** Where a golden item comes from: dataset, position there, source time, rule. */
    private static Schema source() {
        Schema at = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        return Schema.createRecord(
                "BaseSource",
                null,
                BASE_NAMESPACE,
                false,
                List.of(
                        new Schema.Field("dataset", Schema.create(Schema.Type.STRING)),
                        new Schema.Field("pos", Schema.create(Schema.Type.BYTES)),
                        new Schema.Field("at", nullable(at), null, JsonProperties.NULL_VALUE),
                        new Schema.Field("rule", Schema.create(Schema.Type.STRING))));
    }

    private static Schema.Field item(String name, String label, ItemType type) {
        return new Schema.Field(name, nullable(type.avro()), label, JsonProperties.NULL_VALUE);
    }

    private static Schema nullable(Schema schema) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    private static String name(String id) {
        return id.replace('-', '_');
    }
}
