package io.tongdao.contract.grant;

import io.tongdao.contract.plan.Mask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A decision made executable (art. 26, 27, 29-36): who may read which items of which rows, masked how, from when until when. The value of
 * {@code ctl.grant}, keyed by id. A new field belongs into one of its parts; they can be asked for without knowing in which part they stand.
 *
 * @param id {@code [a-z0-9]+(-[a-z0-9]+)*}
 * @param consumer the agency that receives; for a return the lower-level agency; empty while it is missing
 * @param scope what it releases
 * @param papers what it is founded on
 * @param terms how long and how it is served
 * @param approvals agency → who approved for it
 * @param steps its life so far, the present state last: the topic keeps only the last version of a grant
 */
public record Grant(
        String id,
        Kind kind,
        String consumer,
        GrantScope scope,
        GrantPapers papers,
        GrantTerms terms,
        Map<String, String> approvals,
        List<GrantStep> steps) {

    public Grant {
        approvals = new TreeMap<>(approvals);
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("grant " + id + " has no life");
        }
    }

    public enum Kind {
        /** 共享 with an agency. */
        SHARE,
        /** 回流 to the territory that the data came from (art. 26). */
        RETURN,
        /** 开放 to the public (art. 37): made as a publication, no grant of this kind is filed. */
        OPEN,
        /** 应急: a share for an incident (art. 27). */
        EMERGENCY,
        /** 授权运营 (art. 47): reserved. */
        OPERATE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether applications of this kind are taken. */
        public boolean taken() {
            return this != OPEN && this != OPERATE;
        }
    }

    public enum KeyForm {
        TOKEN,
        CLEAR
    }

    public enum Delivery {
        TOPIC,
        TABLE,
        DATABASE,
        /** 文件: versions of files that are picked up over HTTP. */
        FILE,
        /** 核实、比对 (art. 33): values are compared, and none is handed over. */
        VERIFY
    }

    /** The life of a grant; which follows which is {@link GrantLife}'s. */
    public enum Status {
        FILED,
        /** Its papers lack something; filed again, it goes on. */
        INCOMPLETE,
        APPROVED,
        ACTIVE,
        SUSPENDED,
        EXPIRED,
        ENDED,
        /** By who applied for it. */
        WITHDRAWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public String table() {
        return scope.table();
    }

    public Map<String, Mask> items() {
        return scope.items();
    }

    public String filter() {
        return scope.filter();
    }

    public String territory() {
        return scope.territory();
    }

    public String territoryItem() {
        return scope.territoryItem();
    }

    public KeyForm key() {
        return scope.key();
    }

    public String purpose() {
        return papers.purpose();
    }

    public Instant from() {
        return terms.from();
    }

    public Instant until() {
        return terms.until();
    }

    public List<Delivery> delivery() {
        return terms.delivery();
    }

    /** Whether what it releases lies sealed by its incident's key (art. 27). */
    public boolean sealed() {
        return kind == Kind.EMERGENCY;
    }

    /** Whether it lets values be verified, and releases nothing. */
    public boolean verifies() {
        return delivery().contains(Delivery.VERIFY);
    }

    /** Whether it delivers files. */
    public boolean files() {
        return delivery().contains(Delivery.FILE);
    }

    /** Whether its consumer reads its topic: one that only verifies has none, and of one that only delivers files the exchange alone reads it. */
    public boolean readFromTopic() {
        return !verifies() && !delivery().equals(List.of(Delivery.FILE));
    }

    public int partitions() {
        return terms.partitions();
    }

    /** The step that brought it to where it is. */
    public GrantStep last() {
        return steps.getLast();
    }

    public Status status() {
        return last().status();
    }

    /** Raised by every resumption; each has its own topic. */
    public int epoch() {
        return last().epoch();
    }

    /** The topic of this epoch: {@code share.<consumer>.<id>.e<n>} or {@code return.<division>.<id>.e<n>}. */
    public String topic() {
        return topic(epoch());
    }

    /** The topic of another epoch of this grant. */
    public String topic(int epoch) {
        return topicPrefix() + epoch;
    }

    /** What the topics of all epochs begin with. */
    public String topicPrefix() {
        String head = switch (kind) {
            case SHARE, EMERGENCY -> "share." + consumer;
            case RETURN -> "return." + territory();
            case OPEN -> "open";
            case OPERATE -> "operate." + consumer;
        };
        return head + "." + id + ".e";
    }

    /** The Iceberg table, one for all epochs: {@code share_<consumer>.<id>} or {@code return_<division>.<id>}. */
    public String lakeTable() {
        String head = switch (kind) {
            case SHARE, EMERGENCY -> "share_" + consumer;
            case RETURN -> "return_" + territory();
            case OPEN -> "open";
            case OPERATE -> "operate_" + consumer;
        };
        return head.replace('-', '_') + "." + id.replace('-', '_');
    }

    /** The principal of the consumer: one for each consuming agency, for all of its grants. */
    public String principal() {
        return "agency-" + consumer;
    }

    /** The same grant as an epoch of it was, for orders about what is left of that. */
    public Grant atEpoch(int epoch) {
        GrantStep now = last();
        List<GrantStep> life = new ArrayList<>(steps.subList(0, steps.size() - 1));
        life.add(new GrantStep(now.status(), epoch, now.by(), now.reason(), now.at()));
        return with(scope, approvals, life);
    }

    /** The same grant after a step of its life; {@link GrantLife} decides whether the step is legal. */
    Grant moved(Status to, int epoch, String by, String reason, Instant at) {
        return with(scope, approvals, after(steps, new GrantStep(to, epoch, by, reason, at)));
    }

    /** The same grant with one more provider's approval. */
    public Grant approvedFor(String agency, String by, Instant at) {
        return approvedFor(agency, by, "", at);
    }

    /** @param reason put on record; empty: none was given */
    public Grant approvedFor(String agency, String by, String reason, Instant at) {
        Map<String, String> more = new TreeMap<>(approvals);
        more.put(agency, by);
        GrantStep step = new GrantStep(
                status(), epoch(), by, "approved for " + agency + (reason.isEmpty() ? "" : ": " + reason), at);
        return with(scope, more, after(steps, step));
    }

    /** The same application with what was on record before it was filed again. */
    public Grant following(Grant before) {
        return with(scope, approvals, after(before.steps, last()));
    }

    /** The same application, held back since its papers lack something. */
    public Grant heldBack(String reason) {
        GrantStep filed = last();
        return with(
                scope,
                approvals,
                List.of(new GrantStep(Status.INCOMPLETE, filed.epoch(), filed.by(), reason, filed.at())));
    }

    /** The same grant with other items: for what is left of it when the catalogue takes something away. */
    public Grant narrowedTo(Map<String, Mask> items) {
        return with(scope.narrowedTo(items), approvals, steps);
    }

    /** Whether it releases nothing that the other doesn't: fewer items, under masks as tight or tighter, all else the same. */
    public boolean releasesNoMoreThan(Grant that) {
        boolean within = items().entrySet().stream().allMatch(item -> {
            Mask granted = that.items().get(item.getKey());
            return granted != null && item.getValue().atLeastAsTightAs(granted);
        });
        return within && narrowedTo(that.items()).releasesTheSameAs(that);
    }

    /** Whether both release the same: a plan is immutable within an epoch. */
    public boolean releasesTheSameAs(Grant that) {
        return with(scope, that.approvals, that.steps).equals(that);
    }

    private Grant with(GrantScope scope, Map<String, String> approvals, List<GrantStep> steps) {
        return new Grant(id, kind, consumer, scope, papers, terms, approvals, steps);
    }

    private static List<GrantStep> after(List<GrantStep> steps, GrantStep next) {
        List<GrantStep> life = new ArrayList<>(steps);
        life.add(next);
        return life;
    }
}
