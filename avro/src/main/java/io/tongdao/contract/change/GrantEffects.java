package io.tongdao.contract.change;

import io.tongdao.contract.change.GrantEffect.Kind;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Delivery;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.grant.VerifyRules;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which flowing grants a change of the catalogue touches, and how (art. 36). A grant is narrowed only by what the catalogue takes away: items
 * that it no longer may show are left out, masks become the catalogue's where those are tighter; nothing is ever added or loosened.
 */
public final class GrantEffects {
    private final Plan old;
    private final Plan next;
    private final Check check;

    /** Everything that a catalogue has against a grant, missing approvals included; empty if it may flow. */
    @FunctionalInterface
    public interface Check {
        List<String> problems(Plan plan, Grant grant);
    }

    public GrantEffects(Plan old, Plan next, Check check) {
        this.old = old;
        this.next = next;
        this.check = check;
    }

    /** The effects on those that flow, by id. */
    public List<GrantEffect> of(Collection<Grant> grants) {
        List<GrantEffect> effects = new ArrayList<>();
        for (Grant grant : grants) {
            if (GrantLife.flows(grant.status())) {
                of(grant).ifPresent(effects::add);
            }
        }
        return effects;
    }

    /** The effect on one grant, whatever its state; empty if it goes on as it is. */
    public Optional<GrantEffect> of(Grant grant) {
        List<String> problems = check.problems(next, grant);
        if (problems.isEmpty()) {
            List<String> reasons = renewed(grant);
            return reasons.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new GrantEffect(grant, Kind.RENEWED, Optional.empty(), reasons));
        }
        if (!GrantTable.exists(next, grant.table())) {
            return over(grant, "its table " + grant.table() + " is dropped");
        }
        if (!next.agencies().containsKey(grant.consumer())) {
            return over(grant, "its consumer " + grant.consumer() + " is no agency any more");
        }
        List<String> reasons = new ArrayList<>();
        Map<String, Mask> left = left(grant, reasons);
        Grant narrowed = grant.narrowedTo(left);
        if (!left.isEmpty()
                && !reasons.isEmpty()
                && check.problems(next, narrowed).isEmpty()) {
            return Optional.of(new GrantEffect(grant, Kind.NARROWED, Optional.of(narrowed), reasons));
        }
        return Optional.of(new GrantEffect(grant, Kind.SUSPENDED, Optional.empty(), bare(grant, problems)));
    }

    private static Optional<GrantEffect> over(Grant grant, String why) {
        return Optional.of(new GrantEffect(grant, Kind.ENDED, Optional.empty(), List.of(why)));
    }

    /** Why a grant that may go on can't do so in its epoch's topic. */
    private List<String> renewed(Grant grant) {
        if (!GrantTable.exists(old, grant.table())) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        GrantTable before = GrantTable.of(old, grant.table());
        GrantTable after = GrantTable.of(next, grant.table());
        if (!before.rowKey().equals(after.rowKey()) || !before.identifiers().equals(after.identifiers())) {
            reasons.add("the keys of " + grant.table() + " change");
        }
        if (!released(old, grant).equals(released(next, grant))
                && !SchemaDiff.problems(released(old, grant), released(next, grant))
                        .isEmpty()) {
            reasons.add("the type of a granted item changes");
        }
        boolean divided = grant.kind() == Grant.Kind.RETURN || grant.items().containsValue(Mask.COUNTY);
        if (divided && !old.divisions().equals(next.divisions())) {
            reasons.add("the divisions by which rows are chosen or masked change");
        }
        return reasons;
    }

    private static org.apache.avro.Schema released(Plan plan, Grant grant) {
        return GrantPlan.compile(plan, grant).rows().schema();
    }

    private Map<String, Mask> left(Grant grant, List<String> reasons) {
        GrantTable table = GrantTable.of(next, grant.table());
        Map<String, Mask> left = new TreeMap<>();
        grant.items().forEach((name, mask) -> {
            GrantTable.Item item = table.items().get(name);
            String refused = refused(next, grant, item);
            if (item == null || !refused.isEmpty()) {
                reasons.add("item " + name + " is left out, " + refused);
                return;
            }
            Mask loosest = item.loosest(grant.kind());
            if (mask.atLeastAsTightAs(loosest) || grant.papers().consented(name, item.providers())) {
                left.put(name, mask);
            } else if (loosest.atLeastAsTightAs(mask) && fits(grant, item, mask, loosest)) {
                left.put(name, loosest);
                reasons.add("item %s is masked %s, it was %s".formatted(name, loosest.word(), mask.word()));
            } else {
                reasons.add("item %s is left out, since mask %s can't follow %s in a grant that runs"
                        .formatted(name, loosest.word(), mask.word()));
            }
        });
        return left;
    }

    private static String refused(Plan next, Grant grant, GrantTable.@Nullable Item item) {
        if (item == null) {
            return "it is dropped";
        }
        if (item.share() == ShareClass.WITHHELD && !VerifyRules.allows(next, grant, item.name())) {
            return "it is withheld from sharing now (art. 31)";
        }
        return grant.approvals().keySet().containsAll(item.providers())
                ? ""
                : "a provider behind it has not approved: " + String.join(", ", item.providers());
    }

    /** A table keeps its columns' types over the epochs. */
    private static boolean fits(Grant grant, GrantTable.Item item, Mask from, Mask to) {
        boolean columns =
                grant.delivery().contains(Delivery.TABLE) || grant.delivery().contains(Delivery.DATABASE);
        return to.fits(item.type())
                && (!columns
                        || to.output(item.type())
                                .avro()
                                .equals(from.output(item.type()).avro()));
    }

    /** The check's lines begin with the grant's name, which is said already. */
    private static List<String> bare(Grant grant, List<String> problems) {
        String head = "grant " + grant.id() + ": ";
        return problems.stream()
                .map(line -> line.startsWith(head) ? line.substring(head.length()) : line)
                .toList();
    }
}
