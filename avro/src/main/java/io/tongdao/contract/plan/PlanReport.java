package io.tongdao.contract.plan;

import io.tongdao.contract.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what a catalogue compiles to, for the person who wrote it: what {@code tongdao check} prints. Holds no data. */
public final class PlanReport {
    private final Plan plan;
    private final StringBuilder out = new StringBuilder();

    private PlanReport(Plan plan) {
        this.plan = plan;
    }

    public static String text(Plan plan) {
        PlanReport report = new PlanReport(plan);
        report.head();
        report.datasets();
        report.logical();
        report.bases();
        report.themes();
        report.topics();
        return report.out.toString();
    }

    private void head() {
        int items = plan.datasets().values().stream()
                .mapToInt(d -> d.items().size())
                .sum();
        line(
                "The catalogue is sound: %d agencies, %d datasets with %d items, %d base databases, %d theme tables, %d divisions.",
                plan.agencies().size(),
                plan.datasets().size(),
                items,
                plan.bases().size(),
                plan.themes().size(),
                plan.divisions().names().size());
        line("Digest %s", plan.digest());
    }

    private void datasets() {
        line("%nDatasets");
        plan.datasets().values().forEach(dataset -> {
            line("  %s  %s", dataset.id(), dataset.title());
            line("    from    %s", from(dataset));
            line("    keyed   by %s%s", subjects(dataset), rows(dataset));
            line("    items   %d, level %s, %s", dataset.items().size(), levels(dataset), classes(dataset));
            line(
                    "    into    topic %s, table src_%s.%s",
                    dataset.topic().name(), dataset.agency().replace('-', '_'), dataset.name());
        });
    }

    private String from(DatasetPlan dataset) {
        return switch (dataset.intake()) {
            case Intake.Capture capture ->
                "%s of %s (%s)".formatted(dataset.table(), dataset.connection(), engine(dataset.connection()));
            case Intake.Files files ->
                "%s files in inbox %s".formatted(files.format().name().toLowerCase(Locale.ROOT), files.inbox());
        };
    }

    private void logical() {
        if (!plan.logical().isEmpty()) {
            line("%nStay with their agency: asked at the source by verification, no topic, no table");
        }
        plan.logical()
                .values()
                .forEach(dataset -> line(
                        "  %s  %s%n    asked   %s of %s (%s)",
                        dataset.id(),
                        dataset.title(),
                        dataset.table(),
                        dataset.connection(),
                        engine(dataset.connection())));
    }

    private String engine(String connection) {
        Source source = plan.sources().get(connection);
        return source == null ? "unknown" : source.engine().name().toLowerCase(Locale.ROOT);
    }

    private static String subjects(DatasetPlan dataset) {
        return dataset.subjects().stream()
                .map(s -> s.role().isEmpty() ? s.item() : s.item() + " as " + s.role())
                .collect(Collectors.joining(" and ", dataset.kind().word() + " ", ""));
    }

    private static String rows(DatasetPlan dataset) {
        return dataset.rowKey().isEmpty()
                ? ", one row each"
                : ", a row for each " + String.join(" + ", dataset.rowKey());
    }

    private static int levels(DatasetPlan dataset) {
        return dataset.items().values().stream().mapToInt(ItemPlan::level).max().orElse(0);
    }

    private static String classes(DatasetPlan dataset) {
        Map<ShareClass, Long> counts = dataset.items().values().stream()
                .collect(Collectors.groupingBy(ItemPlan::share, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private void bases() {
        line("%nBase databases");
        plan.bases().values().forEach(base -> {
            line("  %s  %s", base.name(), base.title());
            base.items().values().forEach(this::golden);
            base.checks().values().forEach(check -> line("    check %s  %s", check.name(), check.label()));
            line("    into    topic %s, table base.%s", base.topic().name(), base.name());
        });
    }

    private void golden(BasePlan.BaseItemPlan item) {
        for (BasePlan.Rule rule : item.rules()) {
            boolean first = rule.equals(item.rules().getFirst());
            line(
                    "    %-20s %s%s",
                    first ? item.name() : "  from " + rule.from(), RuleText.leading(rule), verified(rule));
        }
    }

    private static String verified(BasePlan.Rule rule) {
        return rule.verify().isEmpty() ? "" : ", verified by " + String.join(", ", rule.verify());
    }

    private void themes() {
        if (!plan.themes().isEmpty()) {
            line("%nTheme tables");
        }
        plan.themes().values().forEach(theme -> {
            line("  %s  %s", theme.id(), theme.title());
            line("    rows    of %s%s", theme.rows(), within(theme));
            line(
                    "    items   %d of %s; level %d, %s to share, %s to open",
                    theme.items().size(),
                    theme.items().values().stream()
                            .map(ThemePlan.Item::source)
                            .distinct()
                            .collect(Collectors.joining(", ")),
                    theme.level(),
                    word(theme.share()),
                    word(theme.open()));
            line(
                    "    used    for %s",
                    theme.purposes().isEmpty() ? "any purpose" : String.join(", ", theme.purposes()));
        });
    }

    private static String within(ThemePlan theme) {
        return theme.territory().isEmpty() ? "" : " within " + theme.division() + " by " + theme.territory();
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private void topics() {
        List<Topic> topics = new ArrayList<>(plan.topics());
        line("%nTopics: %d", topics.size());
        topics.forEach(topic -> line(
                "  %-38s %d partition%s, %s",
                topic.name(),
                topic.partitions(),
                topic.partitions() == 1 ? "" : "s",
                topic.policy().name().toLowerCase(Locale.ROOT)));
    }

    private void line(String format, Object... values) {
        out.append(String.format(format, values)).append('\n');
    }
}
