package io.tongdao.release;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.release.mask.MaskFunction;
import io.tongdao.release.mask.Masks;
import io.tongdao.release.mask.Tokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A grant compiled to run on the rows of its table: which rows, under which key, with which values. Works on field positions, since it is
 * asked for every row and grant. Pure, but for the writer's buffer: one for each task.
 */
final class ReleaseRun {
    private static final int COUNTY_CODE = 6;
    private final Grant grant;
    private final GrantTable table;
    private final Map<String, SubjectKind> kinds;
    private final GrantPlan plan;
    private final ReleasedUnder under;
    private final RowFilter filter;
    private final Divisions divisions;
    private final int territory;
    private final int disputed;
    private final List<Column> columns = new ArrayList<>();
    private final Tokens tokens;
    private final boolean clearRow;
    private final Schema schema;
    /** Null: it writes nothing, and its schema is registered nowhere. */
    private final WireFormat.@Nullable Writer writer;
    /** Null: what it releases goes out clear. */
    private final @Nullable Seal seal;

    private final WireFormat.@Nullable Writer sealed;

    private record Column(String name, int from, MaskFunction mask, boolean dropped) {
        @Nullable
        Object masked(@Nullable Object value) {
            return value == null ? null : mask.apply(value);
        }

        /** Whether it is named among what is withheld. */
        boolean withheld(@Nullable Object value, @Nullable Object masked) {
            return masked == null && (value != null || dropped);
        }

        boolean alike(@Nullable Object value, @Nullable Object other) {
            Object one = masked(value);
            Object two = masked(other);
            return Objects.equals(one, two) && withheld(value, one) == withheld(other, two);
        }
    }

    /** @throws IllegalArgumentException if the catalogue that this stage runs on doesn't have what the grant names */
    ReleaseRun(Plan catalogue, Grant grant, WireFormat format, Tokens tokens, @Nullable Seal seal) {
        this.seal = seal;
        this.grant = grant;
        this.table = GrantTable.of(catalogue, grant.table());
        ThemePlan theme = catalogue.theme(grant.table());
        this.kinds = kinds(catalogue.datasets().get(theme == null ? grant.table() : theme.rows()));
        this.plan = GrantPlan.compile(catalogue, grant);
        this.under = ReleasedUnder.of(plan);
        this.filter = RowFilter.compile(table, grant.filter());
        this.divisions = catalogue.divisions();
        this.tokens = tokens;
        this.schema = plan.rows().schema();
        this.territory = grant.kind() == Grant.Kind.RETURN ? position(grant.territoryItem()) : -1;
        Schema.Field marks = table.rows().schema().getField(BasePlan.DISPUTED);
        this.disputed = marks == null ? -1 : marks.pos();
        // Without items that tell rows apart it holds a primary key, which nobody granted.
        this.clearRow = table.rowKey().stream().anyMatch(item -> !item.equals(SubjectPlan.ROLE_ITEM))
                && table.rowKey().stream().allMatch(item -> grant.items().get(item) == Mask.KEEP);
        Masks masks = new Masks(divisions, tokens);
        for (GrantPlan.Item item : plan.items()) {
            MaskFunction mask = masks.of(item.mask(), item.name(), item.input());
            columns.add(new Column(item.name(), position(item.name()), mask, item.mask() == Mask.DROP));
        }
        this.writer = grant.verifies() ? null : format.writer(plan.rows().valueSubject(), schema);
        this.sealed = seal == null || grant.verifies()
                ? null
                : format.writer(plan.topic().valueSubject(), plan.topic().schema());
    }

    private static Map<String, SubjectKind> kinds(@Nullable DatasetPlan dataset) {
        return dataset == null || dataset.subjects().size() < 2
                ? Map.of()
                : dataset.subjects().stream().collect(Collectors.toMap(SubjectPlan::role, SubjectPlan::kind));
    }

    Grant grant() {
        return grant;
    }

    GrantPlan plan() {
        return plan;
    }

    /** What the ledger says of each of its releases. */
    ReleasedUnder under() {
        return under;
    }

    /** The token of the subject that a row's key is of. */
    String subject(Tokens by, byte[] key) {
        SubjectKey source = SubjectKey.parse(key);
        return by.token(Tokens.domain(kind(source)), source.subject());
    }

    /** Whether the grant may see a row: its filter, and for a return its territory by the codes in force. */
    boolean matches(@Nullable GenericRecord row) {
        return row != null && (territory < 0 || inTerritory(row)) && filter.matches(row);
    }

    /** The key under which a row is released: clear only where the identifier is. */
    byte[] key(byte[] key) {
        SubjectKey source = SubjectKey.parse(key);
        String subject = grant.key() == Grant.KeyForm.CLEAR
                ? source.subject()
                : tokens.token(Tokens.domain(kind(source)), source.subject());
        String row =
                source.row().isEmpty() || clearRow ? source.row() : tokens.token("row:" + table.name(), source.row());
        return new SubjectKey(subject, row).bytes();
    }

    /** Of the record's own subject: where a row has several, the key's row part begins with the role. */
    private SubjectKind kind(SubjectKey source) {
        if (kinds.isEmpty()) {
            return table.kind();
        }
        int end = source.row().indexOf(':');
        String role = end < 0 ? source.row() : source.row().substring(0, end);
        return kinds.getOrDefault(role, table.kind());
    }

    /** Whether two versions of a row say the same once they are released. */
    boolean alike(GenericRecord before, GenericRecord after) {
        for (Column column : columns) {
            Object old = before.get(column.from());
            Object now = after.get(column.from());
            if (!Objects.equals(old, now) && !column.alike(old, now)) {
                return false;
            }
        }
        return disputed < 0
                || Objects.equals(before.get(disputed), after.get(disputed))
                || disputedItems(before).equals(disputedItems(after));
    }

    /** The released value in the registry's wire format. */
    byte[] value(GenericRecord row) {
        GenericRecord out = new GenericData.Record(schema);
        List<String> withheld = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value = row.get(column.from());
            Object masked = column.masked(value);
            if (column.withheld(value, masked)) {
                withheld.add(column.name());
            }
            out.put(i, masked);
        }
        out.put(columns.size(), disputedItems(row));
        out.put(columns.size() + 1, withheld);
        return Objects.requireNonNull(writer, "a grant that only verifies releases nothing")
                .encode(out);
    }

    /** What opens the rows of a table that was collected under its incident. */
    @Nullable
    Seal seal() {
        return seal;
    }

    /** A released value as it goes out: an emergency's is sealed in the place of its released key. */
    byte @Nullable [] sealed(byte[] key, byte @Nullable [] value) {
        if (value == null || seal == null || sealed == null) {
            return value;
        }
        ByteBuffer text = ByteBuffer.wrap(seal.seal(plan.topic().name(), key, value));
        return sealed.encode(out -> out.writeBytes(text));
    }

    byte[] lineage() {
        return table.name().getBytes(StandardCharsets.UTF_8);
    }

    private List<String> disputedItems(GenericRecord row) {
        if (disputed < 0 || !(row.get(disputed) instanceof List<?> marks)) {
            return List.of();
        }
        Set<String> granted = plan.names();
        return marks.stream().map(Object::toString).filter(granted::contains).toList();
    }

    private boolean inTerritory(GenericRecord row) {
        if (!(row.get(territory) instanceof String code)) {
            return false;
        }
        String county = code.length() > COUNTY_CODE ? code.substring(0, COUNTY_CODE) : code;
        return divisions.within(county, grant.territory());
    }

    private int position(String item) {
        Schema.Field field = table.rows().schema().getField(item);
        if (field == null) {
            throw new IllegalArgumentException("table " + table.name() + " has no item " + item);
        }
        return field.pos();
    }
}
