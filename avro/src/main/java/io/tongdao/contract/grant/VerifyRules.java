package io.tongdao.contract.grant;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.plan.VerifyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What verification may be granted, and how much its answers may tell (核实、比对, art. 33). */
public final class VerifyRules {
    private static final String BASE = "base.";

    private VerifyRules() {}

    static List<String> refusals(Grant grant) {
        if (!grant.verifies()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        String head = "grant " + grant.id() + ": ";
        if (grant.delivery().size() > 1) {
            problems.add(head + "delivery verify stands alone, since it hands nothing over: file what is handed over as"
                    + " another grant");
        }
        if (grant.kind() == Grant.Kind.RETURN) {
            problems.add(head + "a return hands rows back and does not verify: file a share");
        }
        grant.items().forEach((item, mask) -> {
            if (mask != Mask.DROP) {
                problems.add(head + "item " + item + " has mask " + mask.word()
                        + ", but a verification shows no value: write " + item + ": drop");
            }
        });
        return problems;
    }

    /**
     * Whether a withheld item may be verified by a grant: only in its own dataset, and only where the catalogue cites what allows it. A golden or
     * composed item that is withheld may not: which of its sources would answer is not theirs to say.
     */
    public static boolean allows(Plan plan, Grant grant, String name) {
        DatasetPlan dataset = plan.datasets().get(grant.table());
        ItemPlan item = dataset == null ? null : dataset.items().get(name);
        return grant.verifies() && grant.items().containsKey(name) && item != null && item.verify();
    }

    /**
     * Whether an answer about an item may say only whether it matches: that a subject is held at all is sensitive, by the dataset that the value comes
     * of or by the level of its item there. A golden item's comes of those that lead it; that others verify it is seen by nobody.
     */
    public static boolean hides(Plan plan, GrantTable table, String item) {
        return !table.items().containsKey(item) || hides(plan, table.name(), item);
    }

    private static boolean hides(Plan plan, String table, String item) {
        DatasetPlan dataset = plan.datasets().get(table);
        ThemePlan theme = plan.theme(table);
        if (dataset != null) {
            ItemPlan of = dataset.items().get(item);
            return hidesMembers(plan, table) || (of != null && VerifyPlan.sensitive(of.level()));
        }
        if (theme != null) {
            ThemePlan.Item shown = Objects.requireNonNull(theme.items().get(item), item);
            return hidesMembers(plan, theme.rows())
                    || (!shown.by().isEmpty() && hides(plan, theme.rows(), shown.by()))
                    || hides(plan, shown.source(), shown.sourceItem())
                    || (shown.function() != ThemePlan.Function.VALUE && VerifyPlan.sensitive(shown.level()));
        }
        BasePlan base = Objects.requireNonNull(plan.bases().get(table.substring(BASE.length())), table);
        BasePlan.BaseItemPlan golden = Objects.requireNonNull(base.items().get(item), item);
        return golden.rules().stream()
                .flatMap(rule -> rule.order().stream())
                .anyMatch(source -> leads(plan, base, source, item));
    }

    /** Whether a dataset that a golden item comes of hides it. */
    private static boolean leads(Plan plan, BasePlan base, String source, String golden) {
        DatasetPlan dataset = plan.datasets().get(source);
        return dataset == null
                || dataset.subjects().stream()
                        .filter(subject -> subject.kind() == base.kind())
                        .anyMatch(
                                subject -> hides(plan, source, subject.claims().getOrDefault(golden, golden)));
    }

    private static boolean hidesMembers(Plan plan, String table) {
        return plan.verify().sensitive().contains(table);
    }
}
