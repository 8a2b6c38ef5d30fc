package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Docket;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.Identity;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.ValueSets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Explains the golden records of a subject from what the stage's logs hold of it, by the stage's own rules and writers: {@link Reconciler},
 * {@link Identity}, {@link GoldenWriter}. Not thread-safe.
 */
public final class Explainer {
    /** So many of the last changes of claims are followed: each finds all golden records anew. */
    private static final int FOLLOWED = 200;

    private final KindPlan part;
    private final Map<String, Reconciler> rules = new LinkedHashMap<>();
    private final Map<String, GoldenWriter> writers = new HashMap<>();
    private final @Nullable Identity identity;

    /**
     * @param plan its rules that are in force today explain
     * @param valueSetKey the stage's
     */
    public Explainer(Plan plan, SubjectKind kind, WireFormat wire, SecretKey valueSetKey) {
        Plan inForce = plan.on(LocalDate.now(ReconcileStage.ZONE));
        this.part = KindPlan.of(inForce, kind);
        Map<String, Map<String, ItemType>> types = part.types();
        for (BasePlan base : part.bases()) {
            rules.put(base.name(), new Reconciler(base, inForce.divisions(), new ValueSets(valueSetKey), types));
            writers.put(base.name(), new GoldenWriter(base, wire));
        }
        this.identity = Identity.of(part.bases(), inForce.divisions(), new ValueSets(valueSetKey));
    }

    /** The datasets that base databases of a kind read. */
    public static List<String> datasets(Plan plan, SubjectKind kind) {
        return KindPlan.of(plan, kind).datasets().stream()
                .map(dataset -> dataset.id())
                .toList();
    }

    public Explanation explain(SubjectLog log) {
        Identity.Judged judged = judge(log, log.claims());
        List<Explanation.Record> records = new ArrayList<>();
        boolean exact = true;
        for (BasePlan base : part.bases()) {
            Explanation.Record record = record(base, log, judged.together());
            exact &= digest(record).equals(log.golden(base.name()).digest());
            records.add(record);
        }
        return new Explanation(records, judged.apart(), changes(log), exact);
    }

    private Explanation.Record record(BasePlan base, SubjectLog log, Map<String, List<Claim>> heard) {
        GoldenState state = log.golden(base.name());
        Reconciler reconciler = Objects.requireNonNull(rules.get(base.name()));
        GoldenRecord golden =
                reconciler.evaluate(log.subject(), heard, state.orders()).golden();
        Docket.Advance standing = new Docket.Advance(state.open(), state.past(), List.of());
        List<String> disputed = golden.items().keySet().stream()
                .filter(item -> standing.disputes(item, reconciler))
                .toList();
        return new Explanation.Record(
                base,
                state.ver(),
                golden.disputing(disputed),
                reconciler.testimonies(log.subject(), heard, state.orders()),
                state.open());
    }

    private String digest(Explanation.Record record) {
        GoldenWriter writer = Objects.requireNonNull(writers.get(record.base().name()));
        return record.golden().exists() ? writer.digest(writer.encode(record.golden())) : "";
    }

    /** What is heard: nothing where it is all heard of the successor, and never what leaves no trace. */
    private Identity.Judged judge(SubjectLog log, Map<String, List<Claim>> claims) {
        if (log.away()) {
            return new Identity.Judged(Map.of(), List.of());
        }
        Map<String, List<Claim>> seen =
                Veil.over(log.shield(), log.subject(), claims).claims();
        return identity == null
                ? new Identity.Judged(seen, List.of())
                : identity.judge(log.subject(), seen, log.reviews().rulings());
    }

    /** The claims are put back to where the log's last steps began, and then follow them. */
    private List<Explanation.Change> changes(SubjectLog log) {
        List<SubjectLog.Step> all = log.steps();
        List<SubjectLog.Step> last = all.subList(Math.max(0, all.size() - FOLLOWED), all.size());
        Map<ClaimKey, Claim> claims = new LinkedHashMap<>();
        log.claims().values().forEach(rows -> rows.forEach(claim -> claims.put(key(claim), claim)));
        last.reversed().forEach(step -> put(claims, step.after(), step.before()));
        List<Explanation.Change> changes = new ArrayList<>();
        Map<String, GoldenRecord> before = goldens(log, claims);
        for (SubjectLog.Step step : last) {
            put(claims, step.before(), step.after());
            Map<String, GoldenRecord> after = goldens(log, claims);
            for (String base : rules.keySet()) {
                differences(base, step, items(before, base), items(after, base), changes);
            }
            before = after;
        }
        return List.copyOf(changes);
    }

    private static void put(Map<ClaimKey, Claim> claims, @Nullable Claim from, @Nullable Claim to) {
        if (to != null) {
            claims.put(key(to), to);
        } else if (from != null) {
            claims.remove(key(from));
        }
    }

    private static ClaimKey key(Claim claim) {
        return new ClaimKey(claim.dataset(), claim.row());
    }

    private Map<String, GoldenRecord> goldens(SubjectLog log, Map<ClaimKey, Claim> claims) {
        Map<String, List<Claim>> said = new HashMap<>();
        claims.values()
                .forEach(claim -> said.computeIfAbsent(claim.dataset(), dataset -> new ArrayList<>(1))
                        .add(claim));
        Map<String, List<Claim>> heard = judge(log, said).together();
        Map<String, GoldenRecord> goldens = new HashMap<>();
        rules.forEach((base, reconciler) -> goldens.put(
                base,
                reconciler
                        .evaluate(log.subject(), heard, log.golden(base).orders())
                        .golden()));
        return goldens;
    }

    private static Map<String, GoldenRecord.Item> items(Map<String, GoldenRecord> goldens, String base) {
        GoldenRecord golden = goldens.get(base);
        return golden == null ? Map.of() : golden.items();
    }

    private static void differences(
            String base,
            SubjectLog.Step step,
            Map<String, GoldenRecord.Item> before,
            Map<String, GoldenRecord.Item> after,
            List<Explanation.Change> changes) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        Claim now = step.after();
        for (String item : names) {
            GoldenRecord.Item was = before.get(item);
            GoldenRecord.Item is = after.get(item);
            if (!same(was, is)) {
                changes.add(new Explanation.Change(
                        base, item, step.dataset(), step.arrived(), now == null ? null : now.at(), was, is));
            }
        }
    }

    private static boolean same(GoldenRecord.@Nullable Item was, GoldenRecord.@Nullable Item is) {
        return was == null || is == null
                ? was == is
                : was.value().equals(is.value()) && was.dataset().equals(is.dataset()) && was.rule() == is.rule();
    }
}
