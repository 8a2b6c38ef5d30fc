package io.tongdao.contract.plan;

import io.tongdao.contract.topic.Topic;
import java.util.ArrayList;
import java.util.List;
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
        report.topics();
        return report.out.toString();
    }

    private void head() {
        int items = plan.datasets().values().stream()
                .mapToInt(d -> d.items().size())
                .sum();
        line(
                "The catalogue is sound: %d agencies, %d datasets with %d items, %d base databases, %d divisions.",
                plan.agencies().size(),
                plan.datasets().size(),
                items,
                plan.bases().size(),
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
                "%s files in inbox %s"
                        .formatted(files.format().name().toLowerCase(java.util.Locale.ROOT), files.inbox());
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
        return source == null ? "unknown" : source.engine().name().toLowerCase(java.util.Locale.ROOT);
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
                .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private void bases() {
        line("%nBase databases");
        plan.bases().values().forEach(base -> {
            line("  %s  %s", base.name(), base.title());
            base.items()
                    .values()
                    .forEach(item ->
                            line("    %-20s %s%s", item.name(), String.join(", then ", item.order()), verified(item)));
            line("    into    topic %s, table base.%s", base.topic().name(), base.name());
        });
    }

    private static String verified(BasePlan.BaseItemPlan item) {
        return item.verify().isEmpty() ? "" : ", verified by " + String.join(", ", item.verify());
    }

    private void topics() {
        List<Topic> topics = new ArrayList<>(plan.topics());
        line("%nTopics: %d", topics.size());
        topics.forEach(topic -> line(
                "  %-38s %d partition%s, %s",
                topic.name(),
                topic.partitions(),
                topic.partitions() == 1 ? "" : "s",
                topic.policy().name().toLowerCase(java.util.Locale.ROOT)));
    }

    private void line(String format, Object... values) {
        out.append(String.format(format, values)).append('\n');
    }
}
