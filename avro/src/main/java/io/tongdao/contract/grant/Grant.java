package io.tongdao.contract.grant;

import io.tongdao.contract.plan.Mask;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
 * @param purpose a code of the catalogue's purposes ({@link io.tongdao.contract.plan.PurposePlan})
 * @param from the grant is active from this instant on …
 * @param until … and expires at this one
 * @param delivery any of topic, table, database
 * @param partitions of its topic: its own, not those of the source
 * @param approvals agency → who approved for it
 * @param epoch raised by every resumption; each has its own topic
 * @param by who made this change, why and when
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
        int partitions,
        Map<String, String> approvals,
        Status status,
        int epoch,
        String by,
        String reason,
        Instant changedAt) {

    public Grant {
        items = new TreeMap<>(items);
        approvals = new TreeMap<>(approvals);
        delivery = List.copyOf(delivery);
    }

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

    /** The life of a grant; which follows which is {@link GrantLife}'s. */
    public enum Status {
        FILED,
        APPROVED,
        ACTIVE,
        SUSPENDED,
        EXPIRED,
        ENDED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The topic of this epoch: {@code share.<consumer>.<id>.e<n>} or {@code return.<division>.<id>.e<n>}. */
    public String topic() {
        return topic(epoch);
    }

    /** The topic of another epoch of this grant. */
    public String topic(int epoch) {
        return topicPrefix() + epoch;
    }

    /** What the topics of all epochs begin with. */
    public String topicPrefix() {
        String head = kind == Kind.SHARE ? "share." + consumer : "return." + territory;
        return head + "." + id + ".e";
    }

    /** The Iceberg table, one for all epochs: {@code share_<consumer>.<id>} or {@code return_<division>.<id>}. */
    public String lakeTable() {
        return (kind == Kind.SHARE ? "share_" + consumer.replace('-', '_') : "return_" + territory)
                + "."
                + id.replace('-', '_');
    }

    /** The principal of the consumer: one for each consuming agency, for all of its grants. */
    public String principal() {
        return "agency-" + consumer;
    }

    /** The same grant as an epoch of it was, for orders about what is left of that. */
    public Grant atEpoch(int epoch) {
        return moved(status, epoch, by, reason, changedAt);
    }

    /** The same grant after a step of its life; {@link GrantLife} decides whether the step is legal. */
    Grant moved(Status to, int epoch, String by, String reason, Instant at) {
        return new Grant(
                id,
                kind,
                consumer,
                table,
                items,
                filter,
                territory,
                territoryItem,
                key,
                purpose,
                legalBasis,
                scenario,
                from,
                until,
                delivery,
                partitions,
                approvals,
                to,
                epoch,
                by,
                reason,
                at);
    }

    /** The same grant with one more provider's approval. */
    public Grant approvedFor(String agency, String by, Instant at) {
        Map<String, String> more = new TreeMap<>(approvals);
        more.put(agency, by);
        return new Grant(
                id,
                kind,
                consumer,
                table,
                items,
                filter,
                territory,
                territoryItem,
                key,
                purpose,
                legalBasis,
                scenario,
                from,
                until,
                delivery,
                partitions,
                more,
                status,
                epoch,
                by,
                "approved for " + agency,
                at);
    }

    /** The same grant with other items: for what is left of it when the catalogue takes something away. */
    public Grant narrowedTo(Map<String, Mask> items) {
        return new Grant(
                id,
                kind,
                consumer,
                table,
                items,
                filter,
                territory,
                territoryItem,
                key,
                purpose,
                legalBasis,
                scenario,
                from,
                until,
                delivery,
                partitions,
                approvals,
                status,
                epoch,
                by,
                reason,
                changedAt);
    }

    /** Whether it releases nothing that the other doesn't: fewer items, under masks as tight or tighter, all else the same. */
    public boolean releasesNoMoreThan(Grant that) {
        boolean within = items.entrySet().stream().allMatch(item -> {
            Mask granted = that.items.get(item.getKey());
            return granted != null && item.getValue().atLeastAsTightAs(granted);
        });
        return within && narrowedTo(that.items).releasesTheSameAs(that);
    }

    /** Whether both release the same: a plan is immutable within an epoch. */
    public boolean releasesTheSameAs(Grant that) {
        return moved(that.status, that.epoch, that.by, that.reason, that.changedAt)
                .withApprovals(that.approvals)
                .equals(that);
    }

    private Grant withApprovals(Map<String, String> approvals) {
        return new Grant(
                id,
                kind,
                consumer,
                table,
                items,
                filter,
                territory,
                territoryItem,
                key,
                purpose,
                legalBasis,
                scenario,
                from,
                until,
                delivery,
                partitions,
                approvals,
                status,
                epoch,
                by,
                reason,
                changedAt);
    }
}
