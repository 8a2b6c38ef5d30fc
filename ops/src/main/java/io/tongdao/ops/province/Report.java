package io.tongdao.ops.province;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The demo's last page for a person, at most 60 lines, aligned where Chinese characters take two columns; and the same as JSON. */
public final class Report {
    private static final int LINES = 60;
    private static final int EXAMPLES = 2;
    private static final int AFTER_CHECKS = 4;
    private static final int NAME = 46;
    private static final int WIDTH = 88;
    private static final int BAR = 24;
    private static final Map<String, String> PHASES = Map.of(
            "start", "启动",
            "load", "装载",
            "stages", "各环节",
            "collect", "归集",
            "grants", "授权",
            "live", "运行",
            "verify", "核对");

    private final Figures figures;
    private final List<String> lines = new ArrayList<>();
    /** Lines that are left for examples. */
    private int spare;

    private Report(Figures figures) {
        this.figures = figures;
    }

    public static String text(Figures figures) {
        return new Report(figures).page();
    }

    private String page() {
        head();
        phases();
        flow();
        checks();
        verdict();
        return String.join("\n", lines) + "\n";
    }

    private void head() {
        line("");
        line("━".repeat(WIDTH));
        line(
                "Tongdao 通道 · the sample province 样例省 · %,d people, seed %d, %s",
                figures.people(), figures.seed(), figures.loaded() ? "loaded in this run" : "there already");
        line("━".repeat(WIDTH));
    }

    private void phases() {
        long longest = figures.phases().values().stream()
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(1);
        figures.phases().forEach((name, took) -> {
            int bar = (int) Math.max(1, took.toMillis() * BAR / Math.max(1, longest));
            String title = name + " " + PHASES.getOrDefault(name, "");
            line("  %s %8.1f s  %s", padded(title, 18), seconds(took), "▇".repeat(bar));
        });
        line("");
    }

    private void flow() {
        Duration collect = figures.phases().get("collect");
        if (figures.collected() > 0 && collect != null) {
            line(
                    "  %s %,d records, %,.0f a second",
                    padded("collected 归集", 18),
                    figures.collected(),
                    figures.collected() / Math.max(0.001, seconds(collect)));
        }
        line("  %s %,d of %,d transactions in this run", padded("lived 运行", 18), figures.steps(), figures.script());
        if (figures.latency().changes() > 0) {
            line(
                    "  %s commit → authorised topic p50 %,d ms, p99 %,d ms, of %,d changes",
                    padded("latency 时延", 18),
                    figures.latency().p50(),
                    figures.latency().p99(),
                    figures.latency().changes());
        }
        Figures.Cut cut = figures.cut();
        if (cut != null) {
            line(
                    "  %s cut %,d ms after the order, then %s",
                    padded("suspended 暂停", 18), cut.took().toMillis(), cut.silent() ? "nothing more ✔" : "MORE CAME ✘");
        }
        line("");
    }

    private void checks() {
        line("  %s %11s %11s", padded("verified 核对", NAME + 2), "expected", "found");
        spare = LINES - lines.size() - groups().size() - figures.checks().size() - AFTER_CHECKS;
        groups().forEach((group, checks) -> {
            line(" %s", group);
            checks.forEach(this::check);
        });
        line("");
    }

    private Map<String, List<Check>> groups() {
        Map<String, List<Check>> groups = new LinkedHashMap<>();
        figures.checks()
                .forEach(check -> groups.computeIfAbsent(group(check.name()), g -> new ArrayList<>())
                        .add(check));
        return groups;
    }

    private static String group(String name) {
        if (name.startsWith("src_")) {
            return "collected tables 归集库";
        }
        if (name.startsWith("base.")) {
            return "base databases 基础库";
        }
        if (name.startsWith("theme_")) {
            return "thematic databases 主题库";
        }
        boolean released = name.startsWith("topic ") || name.startsWith("share_") || name.startsWith("return_");
        return released || name.startsWith("county ")
                ? "shared and returned 共享与回流"
                : "discrepancies and quarantine 疑义与隔离";
    }

    private void check(Check check) {
        line(
                "  %s %s %,11d %,11d%s",
                check.ok() ? "✔" : "✘", padded(check.name(), NAME), check.expected(), check.actual(), wrong(check));
        for (String example :
                check.examples().subList(0, Math.min(EXAMPLES, check.examples().size()))) {
            if (spare-- > 0) {
                line("      %s", example);
            }
        }
    }

    private static String wrong(Check check) {
        return check.ok()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  missing %,d, more %,d, different %,d",
                        check.missing(),
                        check.extra(),
                        check.different());
    }

    private void verdict() {
        long failed = figures.checks().stream().filter(check -> !check.ok()).count();
        line("━".repeat(WIDTH));
        line(
                "%s · %.1f s · at most %,d MiB for all processes",
                figures.right()
                        ? "✔ everything holds, row by row 逐行一致"
                        : "✘ " + failed + " of " + figures.checks().size() + " checks fail 不一致",
                seconds(figures.whole()),
                figures.peakBytes() >> 20);
        line("━".repeat(WIDTH));
    }

    private void line(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Filled with spaces to a width in terminal columns. */
    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - columns(text)));
    }

    /** East Asian wide characters take two columns. */
    static int columns(String text) {
        return text.codePoints()
                .map(c -> (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xff60)
                        ? 2
                        : 1)
                .sum();
    }

    /** Times in milliseconds, memory in bytes. */
    public static String json(Figures figures) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("right", figures.right())
                .put("people", figures.people())
                .put("seed", figures.seed())
                .put("loaded", figures.loaded())
                .put("collected", figures.collected())
                .put("steps", figures.steps())
                .put("script", figures.script())
                .put("whole_ms", figures.whole().toMillis())
                .put("peak_bytes", figures.peakBytes());
        ObjectNode phases = root.putObject("phases_ms");
        figures.phases().forEach((name, took) -> phases.put(name, took.toMillis()));
        root.putObject("latency_ms")
                .put("p50", figures.latency().p50())
                .put("p99", figures.latency().p99())
                .put("changes", figures.latency().changes());
        Figures.Cut cut = figures.cut();
        if (cut != null) {
            root.putObject("cut").put("took_ms", cut.took().toMillis()).put("silent", cut.silent());
        }
        ArrayNode checks = root.putArray("checks");
        figures.checks().forEach(check -> json(check, checks.addObject()));
        return root.toPrettyString();
    }

    private static void json(Check check, ObjectNode node) {
        node.put("name", check.name())
                .put("ok", check.ok())
                .put("expected", check.expected())
                .put("actual", check.actual())
                .put("missing", check.missing())
                .put("extra", check.extra())
                .put("different", check.different());
        ArrayNode examples = node.putArray("examples");
        check.examples().forEach(examples::add);
    }
}
