package io.tongdao.ops.provision;

import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Protection.Ground;
import io.tongdao.contract.protect.Protection.Of;
import io.tongdao.contract.protect.Shield;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where it is put on record what leaves no trace (民法典 1110, 刑事诉讼法 64 and 286), and by whom. Each decision goes to every partition of every
 * kind in one transaction, in order with the data: any row anywhere may name a protected subject.
 *
 * <p>The authority may decide about all; an agency about rows that it provides, and about subjects and links if it gives the identifiers of a
 * kind of subject. Only who decided, or the authority, may lift.
 */
public final class ProtectDesk {
    public static final String AUTHORITY = "authority";
    private final Map<String, Object> client;
    private final Plan plan;
    private final InstantSource clock;

    /** @param client how to reach the cluster as {@link Principals#PROTECT} */
    public ProtectDesk(Map<String, Object> client, Plan plan, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.plan = plan;
        this.clock = clock;
    }

    /** Who decides, and why: put on record. */
    public record Decision(String by, Ground ground, String basis, String reason) {}

    /** @param subject an identifier as it is written on the document, or as it stands in keys */
    public Protection subject(String subject, Decision decision) {
        issues(decision.by());
        return add(Of.SUBJECT, key(subject), "", "", "", decision);
    }

    /** Two identifiers, or two people, nobody may know the connection of. */
    public Protection link(String one, String other, Decision decision) {
        issues(decision.by());
        if (key(one).equals(key(other))) {
            throw new ProtectRefused("a link has two ends; these are the same identifier");
        }
        return add(Of.LINK, key(one), key(other), "", "", decision);
    }

    /** @param key of the row's record: {@code subject} or {@code subject|row} */
    public Protection row(String dataset, String key, Decision decision) {
        DatasetPlan found = plan.datasets().get(dataset);
        if (found == null) {
            throw new ProtectRefused("there is no dataset " + dataset + "; there are: "
                    + String.join(", ", plan.datasets().keySet()));
        }
        known(decision.by());
        if (!decision.by().equals(AUTHORITY) && !decision.by().equals(found.agency())) {
            throw new ProtectRefused("rows of " + dataset + " are protected by " + found.agency()
                    + ", which provides it, or by " + AUTHORITY);
        }
        int bar = key.indexOf('|');
        String subject = bar < 0 ? key : key.substring(0, bar);
        return add(Of.ROW, key(subject), "", dataset, bar < 0 ? "" : key.substring(bar + 1), decision);
    }

    /** Ends a protection: what it hid comes back. It stays on record. */
    public Protection lift(String key, String by, String reason) {
        try (ProtectJournal journal = new ProtectJournal(client, plan)) {
            Protection held = journal.all().get(key);
            if (held == null || !held.inForce() || !reads(by, held)) {
                throw new ProtectRefused("no protection is in force under this key that " + by
                        + " may lift: see ./tongdao protect list --as " + by + " --keys");
            }
            return journal.write(held.lift(by, reason, clock.instant()));
        }
    }

    /** What is on record and one may know: the authority all, an agency its own decisions. */
    public Collection<Protection> list(String who) {
        known(who);
        try (ProtectJournal journal = new ProtectJournal(client, plan)) {
            return journal.all().values().stream()
                    .filter(one -> reads(who, one))
                    .toList();
        }
    }

    /** What is in force, as a question about a row: for whoever shows what a stage holds. */
    public Shield shield() {
        try (ProtectJournal journal = new ProtectJournal(client, plan)) {
            return new Shield(journal.all().values());
        }
    }

    private static boolean reads(String who, Protection one) {
        return who.equals(AUTHORITY) || who.equals(one.by());
    }

    private Protection add(Of of, String subject, String other, String dataset, String row, Decision decision) {
        for (String words : new String[] {decision.basis(), decision.reason()}) {
            if (words.isBlank()) {
                throw new ProtectRefused("a protection names its legal basis and its reason");
            }
        }
        try (ProtectJournal journal = new ProtectJournal(client, plan)) {
            return journal.write(new Protection(
                    of,
                    subject,
                    other,
                    dataset,
                    row,
                    decision.ground(),
                    decision.basis(),
                    decision.by(),
                    decision.reason(),
                    clock.instant(),
                    null));
        }
    }

    private void known(String who) {
        if (!who.equals(AUTHORITY) && !plan.agencies().containsKey(who)) {
            throw new ProtectRefused("there is no agency " + who + "; there are: " + AUTHORITY + ", "
                    + String.join(", ", plan.agencies().keySet()));
        }
    }

    private void issues(String who) {
        known(who);
        Set<String> issuers = new TreeSet<>();
        for (BasePlan base : plan.bases().values()) {
            BasePlan.Identity identity = base.identity();
            DatasetPlan issuer = identity == null ? null : plan.datasets().get(identity.issuer());
            if (issuer != null) {
                issuers.add(issuer.agency());
            }
        }
        if (!who.equals(AUTHORITY) && !issuers.contains(who)) {
            throw new ProtectRefused(
                    "subjects and links are protected by " + AUTHORITY + " or who gives the identifiers: "
                            + String.join(", ", issuers) + "; " + who + " may protect rows that it provides");
        }
    }

    /** As it stands in keys: a mistyped identifier would protect nobody, so it is checked. */
    private static String key(String written) {
        Parsed<String> parsed = DocumentKind.keyByForm(written);
        if (parsed instanceof Parsed.Valid<String> valid) {
            return valid.value();
        }
        if (CreditCode.parse(written) instanceof Parsed.Valid<CreditCode> code) {
            return code.value().value();
        }
        if (written.indexOf(':') > 0
                && SubjectKey.parse(written.getBytes(StandardCharsets.UTF_8))
                        .row()
                        .isEmpty()) {
            return written;
        }
        throw new ProtectRefused(
                "that is no identifier: write a citizen number or credit code, or another as it stands in keys (passport:FRA:…)");
    }
}
