package io.tongdao.ops.cli;

import io.tongdao.contract.catalogue.Dataset.Cycle;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.cli.SourceFigures.Agreement;
import io.tongdao.ops.page.Chinese;
import io.tongdao.quality.Freshness;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Datasets as sources, on the screen: timeliness against their cycle, and consistency with the other sources. */
final class SourceText {
    private final PrintWriter out;
    private final Plan plan;
    private final Map<String, Cycle> cycles;
    private final SourceFigures figures;

    SourceText(PrintWriter out, Plan plan, Map<String, Cycle> cycles, SourceFigures figures) {
        this.out = out;
        this.plan = plan;
        this.cycles = cycles;
        this.figures = figures;
    }

    void dataset(String id, String window, Instant now) {
        Freshness age = figures.age(id);
        if (age != null) {
            age(age, cycles.getOrDefault(id, Cycle.IRREGULAR), now);
        }
        Map<String, Agreement> items = figures.agreements(id, window);
        if (!items.isEmpty()) {
            Instant at = figures.total(List.of(id), window).at();
            say("  跨源一致性 consistency across sources  统计于 %s", ExplainWords.time(at));
            say("  %12s  %12s  %8s  %10s  %s", "一致 A", "比对 B", "一致率", "无他源可比", "数据项");
            items.forEach((item, one) -> line(one, label(item)));
        }
        say("");
    }

    /** Of each agency all its claims together, where several are shown. */
    void agencies(List<String> datasets, String window) {
        Map<String, List<String>> agencies = datasets.stream()
                .collect(Collectors.groupingBy(
                        id -> id.substring(0, id.indexOf('.')), TreeMap::new, Collectors.toList()));
        if (agencies.size() > 1 && figures.total(datasets, window).figure().checked() > 0) {
            say("各单位跨源一致性 consistency by agency");
            say("  %12s  %12s  %8s  %10s  %s", "一致 A", "比对 B", "一致率", "无他源可比", "单位");
            agencies.forEach((agency, own) -> line(figures.total(own, window), Provider.of(plan, own.getFirst())));
        }
        out.flush();
    }

    private void line(Agreement one, String what) {
        say(
                "  %,13d  %,13d  %10s  %,14d  %s",
                one.agreeing(), one.figure().checked(), one.figure().percent(), one.alone(), what);
    }

    private void age(Freshness age, Cycle cycle, Instant now) {
        Duration overdue = SourceFigures.overdue(age, cycle, now);
        Instant committed = age.committed();
        say(
                "  时效性 timeliness  更新周期 %s (%s)  最近变更 %s  最近到达 %s（%s前）  %s 最慢 %s  %s",
                Chinese.cycle(cycle),
                cycle.name().toLowerCase(Locale.ROOT),
                committed == null ? "尚无，仅全量读取" : ExplainWords.time(committed),
                ExplainWords.time(age.arrived()),
                length(Duration.between(age.arrived(), now)),
                age.day(),
                length(Duration.ofMillis(age.slowest())),
                SourceFigures.cycle(cycle) == null ? "" : overdue == null ? "按期" : "逾期 overdue " + length(overdue));
    }

    /** 3 天, 5 小时, 7 分, 0.4 秒. */
    static String length(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " 天";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " 小时";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " 分"
                : String.format("%.1f 秒", Math.max(0, time.toMillis()) / 1000.0);
    }

    private String label(String item) {
        int dot = item.indexOf('.');
        BasePlan base = plan.bases().get(item.substring(0, dot));
        BasePlan.BaseItemPlan known = base == null ? null : base.items().get(item.substring(dot + 1));
        return known == null ? item : known.label() + "  " + item;
    }

    private void say(String format, Object... values) {
        out.printf(format + "%n", values);
    }
}
