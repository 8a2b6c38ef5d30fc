package io.tongdao.release;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.NamedSubjects;
import io.tongdao.contract.protect.Shield;
import io.tongdao.contract.serde.WireFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A table that grants release from: how its rows are read, and whom they name. One for each task: not thread-safe. */
final class ReleaseSource {
    private final GrantTable table;
    private final String agency;
    private final WireFormat.Reader reader;
    private final NamedSubjects named;

    ReleaseSource(Plan plan, GrantTable table, WireFormat format) {
        this.table = table;
        DatasetPlan dataset = plan.datasets().get(table.name());
        this.agency = dataset == null ? "" : dataset.agency();
        this.reader = format.reader(table.topic().schema());
        this.named = new NamedSubjects(
                dataset == null ? types(table) : dataset.naming(),
                dataset == null ? Set.of() : dataset.formerly(),
                table.topic().schema());
    }

    private static Map<String, ItemType> types(GrantTable table) {
        Map<String, ItemType> types = new LinkedHashMap<>();
        table.items().forEach((name, item) -> types.put(name, item.type()));
        return types;
    }

    String table() {
        return table.name();
    }

    /** Whether a row leaves no trace. */
    boolean hides(Shield shield, byte[] key, StoredRow row) {
        if (shield.empty() || row.value() == null) {
            return false;
        }
        SubjectKey place = SubjectKey.parse(key);
        Set<String> names = named.in(reader.decode(row.value()));
        names.remove(place.subject());
        return shield.hides(table.name(), place.subject(), place.row(), names);
    }

    /** Whether a grant gives an agency back what it issued itself. */
    boolean issued(Grant grant) {
        return grant.consumer().equals(agency);
    }

    /**
     * What may be known of a row; null: nothing.
     *
     * @param own to the agency that issued it, which may know all
     */
    @Nullable
    GenericRecord shown(Shield shield, boolean own, byte[] key, StoredRow row) {
        if (row.value() == null || (row.hidden() && !own)) {
            return null;
        }
        GenericRecord record = reader.decode(row.value());
        if (!shield.empty() && !own) {
            named.blank(record, SubjectKey.parse(key).subject(), shield::hidesLink);
        }
        return record;
    }
}
