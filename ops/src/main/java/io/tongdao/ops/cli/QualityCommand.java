package io.tongdao.ops.cli;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.rule.RowRule;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.cli.QualityFigures.Figure;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.quality.QualityCount;
import io.tongdao.quality.Violation;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao quality}: how many rows keep the rules of their datasets (art. 19, GB/T 36344), addressed to their providers. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        header = "Quality of rows 数据质量: A/B of GB/T 36344 by dataset and rule.",
        description = {
            "Per dataset and rule: A (rows that keep the rule), B (rows that it was asked of), A/B, the trend from one day to"
                    + " the next,",
            "and how many rows break it now. Rows that break a rule flow on; their provider corrects them. Then, across sources:"
                    + " per golden item",
            "how many of the dataset's claims other sources confirm (A) of those that were compared (B), as counted last; and how old"
                    + " what we hold",
            "is, against the update cycle of the catalogue. Counts and coordinates only, never a value."
        })
final class QualityCommand implements Callable<Integer> {
    @Option(names = "--agency", paramLabel = "ID", description = "Only this provider's datasets.")
    private @Nullable String agency;

    @Option(names = "--dataset", paramLabel = "AGENCY.DATASET", description = "Only this dataset.")
    private @Nullable String dataset;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            defaultValue = QualityCount.NOW,
            description =
                    "now: the rows that are there (default); day: the newest day of each dataset; 2026-03-01: what was"
                            + " committed on it; e1: what the first reading of the table brought. Across sources: as counted last,"
                            + " or last on that day.")
    private String window = QualityCount.NOW;

    @Option(
            names = "--rows",
            paramLabel = "RULE",
            description = "The rows of --dataset that break this rule, by their coordinates.")
    private @Nullable String rows;

    @Mixin
    private Place place = new Place();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (rows != null && dataset == null) {
            throw new CommandFailedException(
                    Main.USAGE, "--rows needs --dataset: rules are told apart by their dataset");
        }
        Beside beside = Beside.find(place.data);
        Plan plan = beside.plan();
        Map<String, byte[]> flags = TopicContent.read(beside.adminClient(), Names.QUALITY);
        QualityFigures figures = QualityFigures.of(flags);
        if (rows != null && dataset != null) {
            rows(plan, dataset, rows, figures.rows(dataset, rows));
            return 0;
        }
        SourceFigures sources = SourceFigures.of(flags);
        TreeSet<String> all = sources.datasets();
        all.addAll(figures.datasets());
        List<String> wanted = all.stream()
                .filter(id -> agency == null || id.startsWith(agency + "."))
                .filter(id -> dataset == null || id.equals(dataset))
                .toList();
        if (wanted.isEmpty()) {
            say("尚无质量数据 nothing has been checked yet");
        }
        SourceText text = new SourceText(
                spec.commandLine().getOut(), plan, beside.running().cycles(), sources);
        wanted.forEach(id -> {
            table(plan, id, figures);
            text.dataset(id, window, Instant.now());
        });
        text.agencies(wanted, window);
        return 0;
    }

    private void table(Plan plan, String id, QualityFigures figures) {
        List<String> days = figures.days(id);
        String shown = window.equals("day") && !days.isEmpty() ? days.getFirst() : window;
        say("致 %s: %s  %s", Provider.of(plan, id), Provider.title(plan, id), window(shown));
        say("  %12s  %12s  %8s  %s  %10s  %s", "合格 A", "检查 B", "合格率", "趋势", "现不合格", "规则");
        for (String rule : figures.rules(id)) {
            Figure figure = figures.at(id, rule, shown);
            Figure now = figures.at(id, rule, QualityCount.NOW);
            String line = "  %,13d  %,13d  %10s  %-3s  %,12d  %s"
                    .formatted(
                            figure.conforming(),
                            figure.checked(),
                            figure.percent(),
                            figures.trend(id, rule),
                            now.checked() - now.conforming(),
                            label(plan, id, rule));
            say("%s", line);
        }
    }

    private static String window(String window) {
        return switch (window) {
            case QualityCount.NOW -> "现有数据 rows that are there";
            default -> window.startsWith("e") ? "第 " + window.substring(1) + " 次全量读取 reading " + window : window;
        };
    }

    private static String label(Plan plan, String dataset, String id) {
        for (RowRule rule : plan.rules().getOrDefault(dataset, List.of())) {
            if (rule.id().equals(id)) {
                return kind(rule.kind()) + " " + rule.label() + "  " + id;
            }
        }
        return id;
    }

    /** As officials say it. */
    static String kind(RowRule.Kind kind) {
        return switch (kind) {
            case FORMAT -> "规范性";
            case COMPLETENESS -> "完整性";
            case UNIQUENESS -> "唯一性";
            case CONSISTENCY -> "一致性";
            case TIMELINESS -> "时效性";
        };
    }

    private void rows(Plan plan, String id, String rule, List<Violation> found) {
        DatasetPlan known = plan.datasets().get(id);
        say("致 %s: %s  %s，%,d 行", Provider.of(plan, id), Provider.title(plan, id), label(plan, id, rule), found.size());
        say("%-32s  %-24s  %s", "行 row", "来源提交时间 committed", "位置 partition, offset");
        found.forEach(row -> say(
                "%-32s  %-24s  %s-%d %d",
                row.row(),
                row.at() == null ? "-" : row.at(),
                known == null ? "src." + id : known.topic().name(),
                row.partition(),
                row.offset()));
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
