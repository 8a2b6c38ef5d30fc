package io.tongdao.quality.rule;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.rule.RowExpression;
import io.tongdao.contract.rule.RowRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one dataset in their order, made ready once. Rules are known by their number here, and by their id wherever they are
 * remembered: {@link #version} tells one list from another.
 */
public final class Ruleset {
    private final List<String> ids = new ArrayList<>();
    private final List<@Nullable RowJudge> judges = new ArrayList<>();
    private final Map<Integer, String> unique = new LinkedHashMap<>();
    private final Map<String, Integer> timely = new LinkedHashMap<>();
    private int version = 1;

    private Ruleset() {}

    /** @param day decides which versions of standards are in force */
    public static Ruleset of(Plan plan, DatasetPlan dataset, LocalDate day) {
        Ruleset set = new Ruleset();
        plan.rules().getOrDefault(dataset.id(), List.of()).forEach(rule -> set.add(rule, plan, dataset, day));
        return set;
    }

    private void add(RowRule rule, Plan plan, DatasetPlan dataset, LocalDate day) {
        int number = ids.size();
        ids.add(rule.id());
        switch (rule) {
            case RowRule.Standard r -> standard(r, plan, day);
            case RowRule.Division r -> divided(r, plan.divisions(), RowJudge.division(r.name(), plan.divisions()));
            case RowRule.Addressed r ->
                divided(r, plan.divisions(), RowJudge.addressed(r.item(), type(dataset, r.item()), plan.divisions()));
            case RowRule.Identifies r -> judge(rule, RowJudge.identifies(r.name(), type(dataset, r.name())));
            case RowRule.Required r -> judge(rule, RowJudge.required(r.name()));
            case RowRule.Holds r -> judge(rule, RowJudge.holds(RowExpression.compile(types(dataset), r.condition())));
            case RowRule.Agrees r -> judge(rule, RowJudge.agrees(r));
            case RowRule.Timely r -> {
                timely.put(r.id(), number);
                judge(rule, RowJudge.timely(r.name(), type(dataset, r.name()), r.within()));
            }
            case RowRule.Unique r -> {
                unique.put(number, r.name());
                known(rule.definition());
                judges.add(null);
            }
        }
    }

    private void standard(RowRule.Standard rule, Plan plan, LocalDate day) {
        StandardPlan standard = plan.standards().get(StandardPlan.idOf(rule.standard()));
        Optional<StandardPlan.Version> version =
                standard == null ? Optional.empty() : standard.version(rule.standard(), day);
        known(version);
        judge(rule, RowJudge.standard(rule.name(), version));
    }

    private void divided(RowRule rule, Divisions divisions, RowJudge judge) {
        known(divisions);
        judge(rule, judge);
    }

    private void judge(RowRule rule, RowJudge judge) {
        known(rule.definition());
        judges.add(judge);
    }

    private void known(Object what) {
        version = 31 * version + what.hashCode();
    }

    private static Map<String, ItemType> types(DatasetPlan dataset) {
        Map<String, ItemType> types = new LinkedHashMap<>();
        dataset.items().values().forEach(item -> types.put(item.name(), item.type()));
        return types;
    }

    private static ItemType type(DatasetPlan dataset, String item) {
        ItemPlan known = dataset.items().get(item);
        if (known == null) {
            throw new IllegalArgumentException(dataset.id() + " has no item " + item);
        }
        return known.type();
    }

    /** Of equal versions the rules are the same and judge alike. */
    public int version() {
        return version;
    }

    public List<String> ids() {
        return ids;
    }

    /** Number → item of the rules that one row alone can't be judged by. */
    public Map<Integer, String> unique() {
        return unique;
    }

    /** Id → number of the rules that only a new row can break, and then goes on breaking. */
    public Map<String, Integer> timely() {
        return timely;
    }

    /** Judges by all rules but those of {@link #unique}. @param fresh when a new row was committed, null for others */
    public Verdict judge(GenericRecord row, @Nullable Instant fresh) {
        Verdict verdict = Verdict.none();
        for (int i = 0; i < judges.size(); i++) {
            RowJudge judge = judges.get(i);
            if (judge != null) {
                verdict.add(i, judge.judge(row, fresh));
            }
        }
        return verdict;
    }
}
