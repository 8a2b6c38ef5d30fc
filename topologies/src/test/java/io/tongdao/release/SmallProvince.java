package io.tongdao.release;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** A catalogue of one dataset and one base database, by hand: two partitions of persons, three counties. */
final class SmallProvince {
    static final String HOUSEHOLD = "ga.household_population";
    /** Collected under {@link ReleaseCase#INCIDENT}. */
    static final String SHELTER = "mz.shelter_registration";

    static final String POPULATION = "base.population";

    private SmallProvince() {}

    static Plan plan() {
        return new Plan(
                Map.of(HOUSEHOLD, household(), SHELTER, shelter()),
                Map.of("population", population()),
                Map.of(),
                Map.of(SubjectKind.PERSON, 2),
                Map.of(
                        "ga", new Plan.Agency("ga", "省公安厅", "province", "530000"),
                        "hrss", new Plan.Agency("hrss", "省人力资源和社会保障厅", "province", "530000"),
                        "yb", new Plan.Agency("yb", "省医疗保障局", "province", "530000"),
                        "kunming-wuhua", new Plan.Agency("kunming-wuhua", "五华区数据局", "county", "530102")),
                divisions(),
                "small");
    }

    static Divisions divisions() {
        return new Divisions(
                Map.of("530000", "云南省", "530100", "昆明市", "530102", "五华区", "530103", "盘龙区", "530181", "安宁市"),
                Map.of("530100", "530000", "530102", "530100", "530103", "530100", "530181", "530100"),
                Map.of("530199", "530102"));
    }

    private static DatasetPlan household() {
        Map<String, ItemPlan> items = new LinkedHashMap<>();
        item(items, "citizen_id", new ItemType.CitizenIdType(), Mask.KEEP, ShareClass.CONDITIONAL);
        item(items, "full_name", new ItemType.Text(50), Mask.SURNAME, ShareClass.CONDITIONAL);
        item(items, "gender_code", new ItemType.Code("GB/T 2261.1"), Mask.KEEP, ShareClass.CONDITIONAL);
        item(items, "birth_date", new ItemType.Date(), Mask.YEAR, ShareClass.CONDITIONAL);
        item(items, "mother_id_no", new ItemType.CitizenIdType(), Mask.DROP, ShareClass.CONDITIONAL);
        item(items, "photo_digest", new ItemType.Text(64), Mask.DROP, ShareClass.WITHHELD);
        Schema schema = schema(
                "HouseholdPopulation",
                items.values().stream().map(i -> Map.entry(i.name(), i.type())).toList());
        return new DatasetPlan(
                HOUSEHOLD,
                "ga",
                "household_population",
                "户籍人口基本信息",
                "ga-db",
                "public.czrk_jbxx",
                List.of(new SubjectPlan("", SubjectKind.PERSON, "citizen_id", Map.of())),
                List.of(),
                "",
                items,
                new Topic(Names.src("ga", "household_population"), 2, Policy.KEYED, schema));
    }

    private static DatasetPlan shelter() {
        Map<String, ItemPlan> items = new LinkedHashMap<>();
        item(items, "citizen_id", new ItemType.CitizenIdType(), Mask.KEEP, ShareClass.CONDITIONAL);
        item(items, "shelter", new ItemType.Text(50), Mask.KEEP, ShareClass.CONDITIONAL);
        return new DatasetPlan(
                SHELTER,
                "mz",
                "shelter_registration",
                "安置登记",
                "mz-db",
                "public.azdj",
                List.of(new SubjectPlan("", SubjectKind.PERSON, "citizen_id", Map.of())),
                List.of(),
                "",
                items,
                new Topic(
                        Names.src("mz", "shelter_registration"),
                        2,
                        Policy.KEYED,
                        RecordSchemas.sealedSrc("mz", "shelter_registration", "安置登记")),
                Map.of(),
                List.of(),
                Intake.CAPTURE,
                Grade.GENERAL,
                ReleaseCase.INCIDENT);
    }

    private static BasePlan population() {
        Map<String, BaseItemPlan> items = new LinkedHashMap<>();
        golden(items, "citizen_id", new ItemType.CitizenIdType(), Mask.KEEP, ShareClass.CONDITIONAL, HOUSEHOLD);
        golden(items, "full_name", new ItemType.Text(50), Mask.SURNAME, ShareClass.CONDITIONAL, HOUSEHOLD);
        golden(items, "gender_code", new ItemType.Code("GB/T 2261.1"), Mask.KEEP, ShareClass.CONDITIONAL, HOUSEHOLD);
        golden(items, "birth_date", new ItemType.Date(), Mask.YEAR, ShareClass.CONDITIONAL, HOUSEHOLD);
        golden(items, "hukou_division", new ItemType.DivisionType(), Mask.KEEP, ShareClass.CONDITIONAL, HOUSEHOLD);
        golden(
                items,
                "enrol_status",
                new ItemType.Code("enrol"),
                Mask.KEEP,
                ShareClass.CONDITIONAL,
                "hrss.social_insurance_enrolment");
        golden(
                items,
                "contribution_base",
                new ItemType.Decimal(12, 2),
                Mask.BAND,
                ShareClass.CONDITIONAL,
                "hrss.social_insurance_enrolment");
        golden(
                items,
                "mobile",
                new ItemType.Text(11),
                Mask.DROP,
                ShareClass.WITHHELD,
                "hrss.social_insurance_enrolment");
        Schema plain = schema(
                "Population",
                items.values().stream().map(i -> Map.entry(i.name(), i.type())).toList());
        List<Schema.Field> fields = new java.util.ArrayList<>();
        plain.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
        fields.add(new Schema.Field(
                BasePlan.DISPUTED, SchemaBuilder.array().items().stringType(), null, List.of()));
        Schema schema = Schema.createRecord("Population", null, "io.tongdao.base", false, fields);
        return new BasePlan(
                "population",
                "人口",
                SubjectKind.PERSON,
                items,
                List.of(),
                new Topic(Names.base("population"), 2, Policy.KEYED, schema),
                Map.of("hukou", "hukou_division"),
                List.of());
    }

    private static void item(Map<String, ItemPlan> items, String name, ItemType type, Mask mask, ShareClass share) {
        items.put(name, new ItemPlan(name, name, name, type, 2, mask, share));
    }

    private static void golden(
            Map<String, BaseItemPlan> items, String name, ItemType type, Mask mask, ShareClass share, String dataset) {
        items.put(
                name,
                new BaseItemPlan(
                        name, name, type, List.of(dataset), List.of(), BasePlan.Comparison.EXACT, 2, mask, share));
    }

    private static Schema schema(String name, List<Map.Entry<String, ItemType>> items) {
        List<Schema.Field> fields = new java.util.ArrayList<>();
        for (var item : items) {
            Schema type = Schema.createUnion(
                    Schema.create(Schema.Type.NULL), item.getValue().avro());
            fields.add(new Schema.Field(item.getKey(), type, null, Schema.Field.NULL_DEFAULT_VALUE));
        }
        return Schema.createRecord(name, null, "io.tongdao.src.ga", false, fields);
    }
}
