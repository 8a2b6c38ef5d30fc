package io.tongdao.compose;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.protect.NamedSubjects;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * A dataset or base database that thematic tables name: how its records are read. Only the fields that a table needs are decoded, and each is
 * found by its position. One for each task: not thread-safe.
 */
final class Source {
    private final String name;
    private final Topic topic;
    private final Schema schema;
    private final WireFormat.Reader reader;
    private final boolean single;
    private final String asOf;
    private final SubjectKind kind;
    private final Map<String, SubjectKind> kinds;
    private final Figures figures;
    private final NamedSubjects named;

    /** What a table asks of a source: the fields it reads, and the figures over a subject's rows. */
    record Need(Set<String> fields, Set<String> summed, Set<String> sorted, boolean counted, boolean spoken) {
        Need withCount() {
            return new Need(fields, summed, sorted, true, spoken);
        }

        Need withSpeaker() {
            return new Need(fields, summed, sorted, counted, true);
        }
    }

    private Source(
            String name,
            Topic topic,
            Need need,
            WireFormat wire,
            boolean single,
            String asOf,
            SubjectKind kind,
            Map<String, SubjectKind> kinds,
            Map<String, ItemType> types,
            Set<String> formerly) {
        this.name = name;
        this.topic = topic;
        this.single = single;
        this.asOf = asOf;
        this.kind = kind;
        this.kinds = kinds;
        this.schema = only(topic.schema(), fields(topic.schema(), need, asOf, types));
        this.named = new NamedSubjects(types, formerly, schema);
        this.reader = wire.reader(schema);
        this.figures = Figures.of(this, need);
    }

    static Source of(Plan plan, String name, Need need, WireFormat wire) {
        DatasetPlan dataset = plan.datasets().get(name);
        if (dataset != null) {
            List<SubjectPlan> subjects = dataset.subjects();
            Map<String, SubjectKind> kinds = subjects.size() == 1
                    ? Map.of()
                    : subjects.stream().collect(Collectors.toMap(SubjectPlan::role, SubjectPlan::kind));
            boolean single = dataset.rowKey().isEmpty() && subjects.size() == 1;
            return new Source(
                    name,
                    dataset.topic(),
                    need,
                    wire,
                    single,
                    dataset.asOf(),
                    dataset.kind(),
                    kinds,
                    dataset.naming(),
                    dataset.formerly());
        }
        BasePlan base = base(plan, name);
        Map<String, ItemType> types = new LinkedHashMap<>();
        base.items().forEach((item, of) -> types.put(item, of.type()));
        return new Source(name, base.topic(), need, wire, true, "", base.kind(), Map.of(), types, Set.of());
    }

    /** @throws IllegalArgumentException if the plan has no such base database */
    static BasePlan base(Plan plan, String name) {
        BasePlan base = name.startsWith("base.") ? plan.bases().get(name.substring("base.".length())) : null;
        if (base == null) {
            throw new IllegalArgumentException("no table " + name + " in the catalogue");
        }
        return base;
    }

    private static Set<String> fields(Schema schema, Need need, String asOf, Map<String, ItemType> types) {
        Set<String> fields = new TreeSet<>(need.fields());
        fields.addAll(need.summed());
        fields.addAll(need.sorted());
        NamedSubjects.items(types).forEach(fields::add);
        fields.add(BasePlan.DISPUTED);
        if (!asOf.isEmpty()) {
            fields.add(asOf);
        }
        fields.removeIf(field -> schema.getField(field) == null);
        return fields;
    }

    String name() {
        return name;
    }

    Topic topic() {
        return topic;
    }

    /** Whether a subject has one row at most, under its own key. */
    boolean single() {
        return single;
    }

    /** The item by which one of a subject's rows speaks for it; empty: there is none. */
    String asOf() {
        return asOf;
    }

    Figures figures() {
        return figures;
    }

    /** @throws IllegalStateException if the source has no such field: the catalogue's checks don't let that through */
    int position(String field) {
        Schema.Field found = schema.getField(field);
        if (found == null) {
            throw new IllegalStateException("schema " + schema.getName() + " has no field " + field);
        }
        return found.pos();
    }

    /** Where the names of disputed items stand; -1 in a dataset. */
    int disputed() {
        Schema.Field found = schema.getField(BasePlan.DISPUTED);
        return found == null ? -1 : found.pos();
    }

    GenericRecord decode(byte[] value) {
        return reader.decode(value);
    }

    /** The kinds of subjects that its rows are about. */
    Set<SubjectKind> kinds() {
        return kinds.isEmpty() ? Set.of(kind) : Set.copyOf(kinds.values());
    }

    NamedSubjects named() {
        return named;
    }

    /** Whose row a record's key names: where a row has several subjects, the row part begins with the role. */
    Place place(byte[] key) {
        SubjectKey parsed = SubjectKey.parse(key);
        return new Place(new Subject(kind(parsed.row()), parsed.subject()), parsed.row());
    }

    private SubjectKind kind(String row) {
        if (kinds.isEmpty()) {
            return kind;
        }
        int end = row.indexOf(':');
        return kinds.getOrDefault(end < 0 ? row : row.substring(0, end), kind);
    }

    private static Schema only(Schema whole, Set<String> fields) {
        List<Schema.Field> kept = whole.getFields().stream()
                .filter(field -> fields.contains(field.name()))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(whole.getName(), null, whole.getNamespace(), false, kept);
    }
}
