package io.tongdao.reconcile;

import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Identifier;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.protect.NamedSubjects;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Withdrawn;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dataset's records as claims: only the fields that base databases need are decoded, and each is found by its position.
 * One for each task: not thread-safe.
 */
final class ClaimReader {
    private final DatasetPlan dataset;
    private final WireFormat.Reader reader;
    private final int role;
    private final int asOf;
    private final NamedSubjects named;
    private final Map<String, Projection> projections = new HashMap<>();

    /** What a row says of the subject in one role: base item and the position of its field. */
    private record Projection(
            String[] items, int[] positions, @Nullable Withdrawal[] withdrawals, List<Former> former) {}

    /** A former identifier of the subject; positions are negative for what the document needs no other item for. */
    private record Former(Identifier by, int identifier, int type, int nationality, int seal, SubjectPlan.When sealed) {
        /** The subject part of its key; null: the row names none, or what it names is none, or it is sealed. */
        @Nullable
        String key(GenericRecord record) {
            Object value = seal >= 0 && sealed.holds(record.get(seal)) ? null : record.get(identifier);
            Parsed<String> key = value == null
                    ? null
                    : by.key(
                            value,
                            type < 0 ? null : record.get(type),
                            nationality < 0 ? null : record.get(nationality));
            return key instanceof Parsed.Valid<String> valid ? valid.value() : null;
        }
    }

    /** The state of a row that takes an item back: a field has one of these values. */
    private record Withdrawal(int position, Set<String> values) {
        boolean of(GenericRecord record) {
            Object value = record.get(position);
            return value != null && values.contains(value.toString());
        }
    }

    ClaimReader(DatasetPlan dataset, Collection<BasePlan> bases, WireFormat wire) {
        this.dataset = dataset;
        Set<String> wanted = new TreeSet<>();
        bases.forEach(base -> wanted.addAll(base.reads(dataset.id())));
        Set<String> fields = new LinkedHashSet<>();
        Map<String, Map<String, String>> said = new LinkedHashMap<>();
        for (SubjectPlan subject : dataset.subjects()) {
            if (bases.stream().noneMatch(base -> base.kind() == subject.kind())) {
                continue;
            }
            Map<String, String> own = said(subject, wanted);
            said.put(subject.role(), own);
            former(subject)
                    .forEach(by -> fields.addAll(List.of(
                            by.item(),
                            by.typeItem(),
                            by.nationalityItem(),
                            subject.sealed().item())));
            own.values().forEach(field -> {
                fields.add(field);
                SubjectPlan.When when = withdraws(field);
                if (when != null) {
                    fields.add(when.item());
                }
            });
        }
        boolean roles = dataset.subjects().size() > 1;
        if (roles) {
            fields.add(SubjectPlan.ROLE_ITEM);
        }
        if (!dataset.asOf().isEmpty()) {
            fields.add(dataset.asOf());
        }
        Map<String, ItemType> types = dataset.naming();
        NamedSubjects.items(types).forEach(fields::add);
        Schema schema = only(dataset.topic().schema(), fields);
        this.named = new NamedSubjects(types, dataset.formerly(), schema);
        this.reader = wire.reader(schema);
        this.role = roles ? position(schema, SubjectPlan.ROLE_ITEM) : -1;
        this.asOf = dataset.asOf().isEmpty() ? -1 : position(schema, dataset.asOf());
        for (SubjectPlan subject : dataset.subjects()) {
            Map<String, String> own = said.get(subject.role());
            if (own != null) {
                projections.put(subject.role(), projection(schema, own, subject));
            }
        }
    }

    /** Whether a record is about a subject of the reader's kind: a row's subjects may be of several. */
    boolean about(byte[] key) {
        if (role < 0) {
            return true;
        }
        String row = SubjectKey.parse(key).row();
        int end = row.indexOf(':');
        return projections.containsKey(end < 0 ? row : row.substring(0, end));
    }

    String dataset() {
        return dataset.id();
    }

    /**
     * @param subject that the record is about
     * @param row the row part of the record's key
     */
    Claim read(byte[] value, String subject, String row, Pos pos, @Nullable Instant at) {
        GenericRecord record = reader.decode(value);
        Projection projection =
                projections.get(role < 0 ? dataset.subjects().getFirst().role() : text(record, role));
        if (projection == null) {
            throw new IllegalStateException("a record of " + dataset.id() + " has a role that the catalogue has not");
        }
        Map<String, Object> items = HashMap.newHashMap(projection.positions.length);
        for (int i = 0; i < projection.positions.length; i++) {
            Withdrawal withdrawal = projection.withdrawals[i];
            Object item =
                    withdrawal != null && withdrawal.of(record) ? Withdrawn.VALUE : record.get(projection.positions[i]);
            if (item != null) {
                items.put(projection.items[i], item);
            }
        }
        if (!projection.former.isEmpty()) {
            String former = projection.former.stream()
                    .map(one -> one.key(record))
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining("|"));
            if (!former.isEmpty()) {
                items.put(Claim.FORMERLY, former);
            }
        }
        Set<String> names = named.in(record);
        names.remove(subject);
        return new Claim(dataset.id(), row, pos, at, asOf < 0 ? null : record.get(asOf), items, names);
    }

    private Map<String, String> said(SubjectPlan subject, Set<String> wanted) {
        Set<String> elsewhere = new TreeSet<>();
        dataset.subjects().stream()
                .filter(other -> !other.equals(subject))
                .forEach(other -> elsewhere.addAll(other.claims().values()));
        Map<String, String> said = new LinkedHashMap<>();
        for (String item : wanted) {
            String field = subject.claims().get(item);
            if (field != null) {
                said.put(item, field);
            } else if (dataset.items().containsKey(item) && !elsewhere.contains(item)) {
                said.put(item, item);
            }
        }
        return said;
    }

    private List<Identifier> former(SubjectPlan subject) {
        return subject.formerly().stream()
                .map(item -> new SubjectPlan("", subject.kind(), item, Map.of(), subject.code()))
                .map(named -> Identifier.of(named, dataset.items()))
                .toList();
    }

    private Projection projection(Schema schema, Map<String, String> items, SubjectPlan subject) {
        int[] positions = items.values().stream()
                .mapToInt(field -> position(schema, field))
                .toArray();
        @Nullable Withdrawal[] withdrawals = new Withdrawal[positions.length];
        int next = 0;
        for (String field : items.values()) {
            SubjectPlan.When when = withdraws(field);
            withdrawals[next++] = when == null ? null : new Withdrawal(position(schema, when.item()), when.values());
        }
        List<Former> formers = former(subject).stream()
                .map(by -> new Former(
                        by,
                        position(schema, by.item()),
                        positionOrNone(schema, by.typeItem()),
                        positionOrNone(schema, by.nationalityItem()),
                        positionOrNone(schema, subject.sealed().item()),
                        subject.sealed()))
                .toList();
        return new Projection(items.keySet().toArray(String[]::new), positions, withdrawals, formers);
    }

    private SubjectPlan.@Nullable When withdraws(String field) {
        ItemPlan item = dataset.items().get(field);
        return item == null ? null : item.withdraws();
    }

    private static Schema only(Schema whole, Set<String> fields) {
        List<Schema.Field> kept = whole.getFields().stream()
                .filter(field -> fields.contains(field.name()))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(whole.getName(), null, whole.getNamespace(), false, kept);
    }

    private static int positionOrNone(Schema schema, String field) {
        return field.isEmpty() ? -1 : position(schema, field);
    }

    private static int position(Schema schema, String field) {
        Schema.Field found = schema.getField(field);
        if (found == null) {
            throw new IllegalStateException("schema " + schema.getName() + " has no field " + field);
        }
        return found.pos();
    }

    private static String text(GenericRecord record, int position) {
        return String.valueOf(record.get(position));
    }
}
