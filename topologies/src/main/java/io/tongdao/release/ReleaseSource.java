package io.tongdao.release;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.NamedSubjects;
import io.tongdao.contract.protect.Shield;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.seal.SealedRow;
import io.tongdao.contract.serde.WireFormat;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table that grants release from: how its rows are read, and whom they name. One for each task: not thread-safe. */
final class ReleaseSource {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseSource.class);
    private final GrantTable table;
    private final String agency;
    private final WireFormat.Reader reader;
    private final NamedSubjects named;
    private final WireFormat.@Nullable Reader sealed;

    ReleaseSource(Plan plan, GrantTable table, WireFormat format) {
        this.table = table;
        DatasetPlan dataset = plan.datasets().get(table.name());
        this.agency = dataset == null ? "" : dataset.agency();
        this.reader = format.reader(table.rows().schema());
        this.sealed = table.sealed() ? format.reader(table.topic().schema()) : null;
        this.named = new NamedSubjects(
                dataset == null ? types(table) : dataset.naming(),
                dataset == null ? Set.of() : dataset.formerly(),
                table.rows().schema());
    }

    private static Map<String, ItemType> types(GrantTable table) {
        Map<String, ItemType> types = new LinkedHashMap<>();
        table.items().forEach((name, item) -> types.put(name, item.type()));
        return types;
    }

    String table() {
        return table.name();
    }

    /** Whether its rows lie sealed here: each grant opens them for itself. */
    boolean sealed() {
        return sealed != null;
    }

    /**
     * A row as it would stand here if it were not sealed.
     *
     * @param key in the place of the row's own
     */
    @SuppressWarnings("ArrayRecordComponent") // passes by, never compared
    record Opened(byte[] key, StoredRow row) {}

    /** Null: it was deleted, or doesn't open; then nothing is released of it. */
    @Nullable
    Opened opened(@Nullable Seal seal, byte[] key, @Nullable StoredRow row) {
        if (seal == null || sealed == null || row == null || row.value() == null) {
            return null;
        }
        ByteBuffer text = (ByteBuffer) sealed.decode(row.value()).get(Seal.FIELD);
        byte[] bytes = new byte[text.remaining()];
        text.get(bytes);
        try {
            SealedRow open = SealedRow.open(seal, table.topic().name(), key, bytes);
            return new Opened(open.key(), row.with(open.value()));
        } catch (AEADBadTagException e) {
            LOG.warn("a row of {} does not open by the keys of incident {}: withheld", table.name(), table.incident());
            return null;
        }
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
