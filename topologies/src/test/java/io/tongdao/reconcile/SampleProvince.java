package io.tongdao.reconcile;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** A small catalogue, compiled by hand: three agencies about persons, one about organisations. */
final class SampleProvince {
    static final String HOUSEHOLD = "ga.household_population";
    static final String MARRIAGE = "mz.marriage_registration";
    static final String INSURANCE = "hrss.social_insurance_enrolment";
    static final String ENTERPRISE = "scjg.enterprise_registration";
    private static final ItemType TEXT = new ItemType.Text(200);
    private static final ItemType DATE = new ItemType.Date();
    private static final ItemType MONEY = new ItemType.Decimal(12, 2);

    private SampleProvince() {}

    static Plan plan() {
        Map<String, DatasetPlan> datasets = new LinkedHashMap<>();
        List.of(household(), marriage(), insurance(), enterprise()).forEach(d -> datasets.put(d.id(), d));
        Map<String, BasePlan> bases = new LinkedHashMap<>();
        List.of(population(), legalEntity()).forEach(b -> bases.put(b.name(), b));
        return new Plan(
                datasets,
                bases,
                Map.of(),
                Map.of(SubjectKind.PERSON, 1, SubjectKind.ORGANISATION, 1),
                Map.of(),
                new Divisions(Map.of(), Map.of(), Map.of("530121", "530114")),
                "digest");
    }

    /** The plan's schemas, registered. */
    static WireFormat wire(Plan plan) {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        List<Topic> topics = new ArrayList<>();
        plan.datasets().values().forEach(d -> topics.add(d.topic()));
        plan.bases().values().forEach(b -> topics.add(b.topic()));
        try {
            for (Topic topic : topics) {
                registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
            }
        } catch (IOException | RestClientException e) {
            throw new AssertionError(e);
        }
        return new WireFormat(registry);
    }

    private static DatasetPlan household() {
        return dataset(
                HOUSEHOLD,
                List.of(new SubjectPlan(
                        "",
                        SubjectKind.PERSON,
                        "citizen_id",
                        Map.of(),
                        "",
                        SubjectPlan.When.ALWAYS,
                        List.of("former_id"),
                        new SubjectPlan.When("renumbered_for", Set.of("adoption")))),
                "",
                Map.of(
                        "citizen_id", TEXT,
                        "former_id", new ItemType.CitizenIdType(),
                        "renumbered_for", TEXT,
                        "full_name", TEXT,
                        "birth_date", DATE,
                        "gender_code", TEXT,
                        "hukou_division", TEXT,
                        "hukou_address", TEXT,
                        "household_no", TEXT));
    }

    private static DatasetPlan marriage() {
        return dataset(
                MARRIAGE,
                List.of(
                        person("husband", "husband_id_no", Map.of("full_name", "husband_name")),
                        person("wife", "wife_id_no", Map.of("full_name", "wife_name"))),
                "reg_date",
                Map.of(
                        "husband_id_no",
                        new ItemType.DocumentType(20),
                        "husband_name",
                        TEXT,
                        "wife_id_no",
                        new ItemType.DocumentType(20),
                        "wife_name",
                        TEXT,
                        "reg_date",
                        DATE,
                        "marital_status",
                        TEXT,
                        SubjectPlan.ROLE_ITEM,
                        TEXT));
    }

    private static DatasetPlan insurance() {
        return dataset(
                INSURANCE,
                List.of(person("", "citizen_id", Map.of())),
                "last_paid_month",
                Map.of(
                        "citizen_id", TEXT,
                        "full_name", TEXT,
                        "birth_date", DATE,
                        "gender_code", TEXT,
                        "hukou_division", TEXT,
                        "hukou_address", TEXT,
                        "last_paid_month", TEXT,
                        "mobile", TEXT,
                        "contribution_base", MONEY));
    }

    private static DatasetPlan enterprise() {
        return dataset(
                ENTERPRISE,
                List.of(new SubjectPlan("", SubjectKind.ORGANISATION, "uscc", Map.of())),
                "",
                Map.of("uscc", TEXT, "ent_name", TEXT));
    }

    private static BasePlan population() {
        Map<String, BaseItemPlan> items = new LinkedHashMap<>();
        put(items, "citizen_id", TEXT, List.of(HOUSEHOLD), List.of(), Comparison.EXACT);
        put(items, "full_name", TEXT, List.of(HOUSEHOLD), List.of(INSURANCE, MARRIAGE), Comparison.HAN_NAME);
        put(items, "birth_date", DATE, List.of(HOUSEHOLD), List.of(INSURANCE), Comparison.DATE);
        put(items, "gender_code", TEXT, List.of(HOUSEHOLD), List.of(INSURANCE), Comparison.CODE);
        put(items, "hukou_address", TEXT, List.of(HOUSEHOLD, INSURANCE), List.of(), Comparison.EXACT);
        put(items, "hukou_division", TEXT, List.of(HOUSEHOLD, INSURANCE), List.of(INSURANCE), Comparison.DIVISION);
        put(items, "marital_status", TEXT, List.of(MARRIAGE), List.of(), Comparison.CODE);
        put(items, "mobile", TEXT, List.of(INSURANCE), List.of(), Comparison.EXACT);
        put(items, "contribution_base", MONEY, List.of(INSURANCE), List.of(), Comparison.EXACT);
        BasePlan base =
                base("population", SubjectKind.PERSON, items, List.of(List.of("hukou_address", "hukou_division")));
        return new BasePlan(
                base.name(),
                base.title(),
                base.kind(),
                base.items(),
                base.groups(),
                base.topic(),
                Map.of(),
                List.of(),
                Map.of(),
                new BasePlan.Identity("full_name", "birth_date", "gender_code", HOUSEHOLD, List.of("0", "9")));
    }

    private static BasePlan legalEntity() {
        Map<String, BaseItemPlan> items = new LinkedHashMap<>();
        put(items, "uscc", TEXT, List.of(ENTERPRISE), List.of(), Comparison.EXACT);
        put(items, "ent_name", TEXT, List.of(ENTERPRISE), List.of(), Comparison.ORGANISATION_NAME);
        return base("legal_entity", SubjectKind.ORGANISATION, items, List.of());
    }

    private static SubjectPlan person(String role, String item, Map<String, String> claims) {
        return new SubjectPlan(role, SubjectKind.PERSON, item, claims);
    }

    private static DatasetPlan dataset(
            String id, List<SubjectPlan> subjects, String asOf, Map<String, ItemType> types) {
        String agency = id.substring(0, id.indexOf('.'));
        String name = id.substring(id.indexOf('.') + 1);
        Map<String, ItemPlan> items = new LinkedHashMap<>();
        types.keySet().stream()
                .sorted()
                .forEach(item -> items.put(
                        item, new ItemPlan(item, item, item, types.get(item), 2, Mask.KEEP, ShareClass.CONDITIONAL)));
        var fields = fields(name);
        items.values().forEach(item -> nullable(fields, item.name(), item.type()));
        Topic topic = new Topic(Names.src(agency, name), 1, Policy.KEYED, fields.endRecord());
        return new DatasetPlan(id, agency, name, id, agency + "-db", id, subjects, List.of(), asOf, items, topic);
    }

    private static void put(
            Map<String, BaseItemPlan> items,
            String name,
            ItemType type,
            List<String> order,
            List<String> verify,
            Comparison compare) {
        items.put(
                name, new BaseItemPlan(name, name, type, order, verify, compare, 2, Mask.KEEP, ShareClass.CONDITIONAL));
    }

    private static BasePlan base(
            String name, SubjectKind kind, Map<String, BaseItemPlan> items, List<List<String>> groups) {
        var fields = fields(name);
        items.values().forEach(item -> nullable(fields, item.name(), item.type()));
        Schema at = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        Schema source = SchemaBuilder.record("BaseSource")
                .namespace("io.tongdao.sample")
                .fields()
                .requiredString("dataset")
                .requiredBytes("pos")
                .name("at")
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), at))
                .withDefault(null)
                .requiredString("rule")
                .endRecord();
        Schema schema = fields.name(BasePlan.SOURCES)
                .type(Schema.createMap(source))
                .noDefault()
                .name(BasePlan.DISPUTED)
                .type(Schema.createArray(Schema.create(Schema.Type.STRING)))
                .noDefault()
                .endRecord();
        return new BasePlan(name, name, kind, items, groups, new Topic(Names.base(name), 1, Policy.KEYED, schema));
    }

    private static SchemaBuilder.FieldAssembler<Schema> fields(String name) {
        return SchemaBuilder.record(name).namespace("io.tongdao.sample").fields();
    }

    private static void nullable(SchemaBuilder.FieldAssembler<Schema> fields, String name, ItemType type) {
        fields.name(name)
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), type.avro()))
                .withDefault(null);
    }
}
