package io.tongdao.contract.grant;

import io.tongdao.contract.plan.Mask;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A decision made executable (art. 26, 29-36): who may read which items of which rows, masked how, from when until when. The value of
 * {@code ctl.grant}, keyed by id.
 *
 * @param id {@code [a-z0-9]+(-[a-z0-9]+)*}
 * @param consumer the agency that receives; for a return the lower-level agency
 * @param table the source table: a dataset id or {@code base.<name>}
 * @param items item → mask, only tighter than the catalogue's
 * @param filter CEL over the source's items, empty: all rows
 * @param territory division code of a return grant and the item that carries the basis, else empty
 * @param key token, or clear where the identifier itself is granted unmasked
 * @param delivery any of topic, table, database
 * @param approvals agency → who approved
 * @param epoch raised by every resumption; each has its own topic
 */
public record Grant(
        String id,
        Kind kind,
        String consumer,
        String table,
        Map<String, Mask> items,
        String filter,
        String territory,
        String territoryItem,
        KeyForm key,
        String purpose,
        String legalBasis,
        String scenario,
        Instant from,
        Instant until,
        List<Delivery> delivery,
        Map<String, String> approvals,
        Status status,
        int epoch,
        String by,
        String reason,
        Instant changedAt) {

    public enum Kind {
        SHARE,
        RETURN
    }

    public enum KeyForm {
        TOKEN,
        CLEAR
    }

    public enum Delivery {
        TOPIC,
        TABLE,
        DATABASE
    }

    /** The life of a grant. */
    public enum Status {
        FILED,
        APPROVED,
        ACTIVE,
        SUSPENDED,
        EXPIRED,
        ENDED
    }

    /** The topic of this epoch: {@code share.<consumer>.<id>.e<n>} or {@code return.<division>.<id>.e<n>}. */
    public String topic() {
        String head = kind == Kind.SHARE ? "share." + consumer : "return." + territory;
        return head + "." + id + ".e" + epoch;
    }

    /** The Iceberg table, one for all epochs: {@code share_<consumer>.<id>} or {@code return_<division>.<id>}. */
    public String lakeTable() {
        return (kind == Kind.SHARE ? "share_" + consumer : "return_" + territory) + "." + id.replace('-', '_');
    }
}
