package io.tongdao.release;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Shield;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.release.mask.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of its source a grant should have released, found from the source's topic beside the stage and by the stage's own rules: filter,
 * territory, protection. For counts (art. 26): it keeps keys, and hands out no value. Takes the records of each partition in their order.
 */
public final class ReleasableRows {
    private static final int KEY_BYTES = 32;
    private final ReleaseSource source;
    private final ReleaseRun run;
    private final Shield shield;
    private final Map<String, StoredRow> held = new HashMap<>();

    /** @param format of a registry in which the grant's schema is registered */
    public ReleasableRows(Plan plan, Grant grant, WireFormat format, Shield shield) {
        this.source = new ReleaseSource(plan, GrantTable.of(plan, grant.table()), format);
        this.run = new ReleaseRun(
                plan, grant, format, Tokens.of(new byte[KEY_BYTES], grant.consumer(), grant.purpose()), null);
        this.shield = shield;
    }

    /** @param value null: the row is gone, if its key was its own */
    public void take(byte[] key, Headers headers, byte @Nullable [] value) {
        String place = new String(key, StandardCharsets.UTF_8);
        StoredRow came = StoredRow.of(headers, value);
        StoredRow before = held.get(place);
        if (before != null && !came.replaces(before)) {
            return;
        }
        StoredRow row = came.hidden(source.hides(shield, key, came));
        GenericRecord shown = source.shown(shield, source.issued(run.grant()), key, row);
        if (run.matches(shown)) {
            held.put(place, new StoredRow(row.version(), row.owner(), null, new byte[0], row.hidden()));
        } else {
            held.remove(place);
        }
    }

    /** The keys under which they are released; only of a grant with clear keys do they stand in its topic. */
    public Set<String> keys() {
        Set<String> keys = new HashSet<>();
        held.keySet()
                .forEach(key ->
                        keys.add(new String(run.key(key.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8)));
        return keys;
    }
}
