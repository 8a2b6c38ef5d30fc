package io.tongdao.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.BasePlan.Blame;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Strategy;
import io.tongdao.contract.plan.Strategy.Tie;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A base database in which every kind of rule decides an item, over three datasets that hold the same items. */
final class RuleProvince {
    static final String A = "a.x";
    static final String B = "b.x";
    static final String C = "c.x";
    static final List<String> ALL = List.of(A, B, C);
    static final String GOLDEN = "base.ruled";
    static final Duration GRACE = Duration.ofDays(1);
    static final List<String> ITEMS =
            List.of("led", "recent", "trusted", "agreed", "place", "place_code", "amount", "slow", "flag");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparison NEAR = new Comparison.Number(BigDecimal.ONE, BigDecimal.ZERO);

    private RuleProvince() {}

    static Plan plan() {
        return plan(Strategy.LED, List.of(A, B));
    }

    /** @param led how the item of that name is decided */
    static Plan plan(Strategy led, List<String> order) {
        Map<String, DatasetPlan> datasets = new LinkedHashMap<>();
        ALL.forEach(id -> datasets.put(id, dataset(id)));
        Map<String, BaseItemPlan> items = new LinkedHashMap<>();
        put(items, "led", led, order, List.of(C), Comparison.EXACT, Blame.OTHERS);
        put(items, "recent", new Strategy.MostRecent(Period.ofDays(2)), ALL, List.of(), Comparison.EXACT, Blame.OTHERS);
        Strategy trust = new Strategy.Trust(
                List.of(60, 50, 40), Period.ofDays(2), 20, 15, List.of(Tie.EVENT_TIME, Tie.SOURCE_ORDER));
        put(items, "trusted", trust, ALL, List.of(), Comparison.EXACT, new Blame(Blame.Who.ALL, Duration.ZERO));
        put(items, "agreed", new Strategy.Agree(2), ALL, ALL, Comparison.EXACT, Blame.OTHERS);
        put(items, "place", Strategy.LED, List.of(B, A), List.of(), Comparison.EXACT, Blame.OTHERS);
        put(items, "place_code", Strategy.LED, List.of(B, A), List.of(), Comparison.EXACT, Blame.OTHERS);
        put(items, "amount", Strategy.LED, List.of(A), List.of(B, C), NEAR, Blame.OTHERS);
        Blame late = new Blame(Blame.Who.LEADER, GRACE);
        put(items, "slow", Strategy.LED, List.of(A), List.of(B), Comparison.EXACT, late);
        CrossCheck check = new CrossCheck(
                "flagged",
                "标记不符",
                "led != \"1\" || c.flag != \"1\"",
                Map.of("c", C),
                List.of(),
                List.of("c.flag", "led"),
                C,
                List.of("led"),
                GRACE);
        List<BaseItemPlan> all = List.copyOf(items.values());
        BasePlan base = new BasePlan(
                "ruled",
                "全规则库",
                SubjectKind.PERSON,
                items,
                List.of(List.of("place", "place_code")),
                new Topic(GOLDEN, 1, Policy.KEYED, RecordSchemas.base("ruled", "全规则库", all)),
                Map.of(),
                List.of(),
                Map.of("flagged", check));
        return new Plan(
                datasets,
                Map.of("ruled", base),
                Map.of(),
                Map.of(SubjectKind.PERSON, 1),
                Map.of(),
                new Divisions(Map.of(), Map.of(), Map.of()),
                "");
    }

    /** A change as {@link ReconcileDriver#pipe} takes it: item, value, item, value … */
    static ObjectNode change(String dataset, String key, int commit, int asOf, Object... values) {
        ObjectNode json = JSON.createObjectNode();
        json.put("key", key).put("row", dataset + key).put("pos", "1." + commit + ".0.0");
        json.put("at", ReconcileDriver.START.plusSeconds(commit).toString());
        ObjectNode value = json.putObject("value").put("as_of", asOf);
        for (int i = 0; i < values.length; i += 2) {
            if (values[i + 1] instanceof Integer number) {
                value.put((String) values[i], number);
            } else {
                value.put((String) values[i], (String) values[i + 1]);
            }
        }
        return json;
    }

    private static DatasetPlan dataset(String id) {
        Map<String, ItemPlan> items = new LinkedHashMap<>();
        ITEMS.forEach(name -> items.put(name, item(name)));
        items.put("as_of", item("as_of"));
        String agency = id.substring(0, 1);
        return new DatasetPlan(
                id,
                agency,
                "x",
                id,
                agency + "-db",
                "t",
                List.of(new SubjectPlan("", SubjectKind.PERSON, "id", Map.of())),
                List.of(),
                "as_of",
                items,
                new Topic(Names.src(agency, "x"), 1, Policy.KEYED, RecordSchemas.src(agency, "x", id, items.values())));
    }

    private static ItemPlan item(String name) {
        return new ItemPlan(
                name,
                name,
                name,
                type(name),
                "",
                1,
                Personal.NONE,
                Mask.KEEP,
                Mask.KEEP,
                ShareClass.CONDITIONAL,
                ShareClass.WITHHELD,
                true,
                name.equals("led") ? new SubjectPlan.When("led", Set.of("W")) : null);
    }

    private static ItemType type(String name) {
        return switch (name) {
            case "as_of" -> new ItemType.Date();
            case "amount" -> new ItemType.Int();
            default -> new ItemType.Text(9);
        };
    }

    private static void put(
            Map<String, BaseItemPlan> items,
            String name,
            Strategy strategy,
            List<String> order,
            List<String> verify,
            Comparison compare,
            Blame blame) {
        items.put(
                name,
                new BaseItemPlan(
                        name,
                        name,
                        type(name),
                        List.of(new BasePlan.Rule(LocalDate.MIN, order, verify, strategy)),
                        compare,
                        1,
                        Mask.KEEP,
                        Mask.KEEP,
                        ShareClass.CONDITIONAL,
                        ShareClass.WITHHELD,
                        blame));
    }
}
