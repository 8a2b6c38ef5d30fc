package io.tongdao.ops.cli;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.provision.DiscrepancyReader;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.reconcile.DiscrepancyFormat;
import io.tongdao.reconcile.rule.Discrepancy;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao discrepancy}. */
@Command(
        name = "discrepancy",
        mixinStandardHelpOptions = true,
        header = "疑义: where sources contradict each other; list, count.",
        description = {
            "Discrepancies as they stand, for the agency that is addressed or the authority of its level. They name the item, the",
            "sources and since when, never a value."
        })
final class DiscrepancyCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Who asks. */
    static final class Reader {
        @Mixin
        private Place place = new Place();

        @Option(
                names = "--as",
                required = true,
                paramLabel = "WHO",
                description = {
                    "An agency's id: what is addressed to it. authority: what is addressed to the province's agencies;",
                    "authority@530100: to those of a division."
                })
        private String who = "";

        @Option(names = "--base", paramLabel = "BASE", description = "Only of this base database.")
        private String base = "";

        @Option(names = "--item", paramLabel = "ITEM", description = "Only of this item or check.")
        private String item = "";

        private Stream<Discrepancy> standing(Beside beside) {
            Plan plan = beside.plan();
            DiscrepancyReader reader = new DiscrepancyReader(plan, who);
            return DiscrepancyCommand.all(beside).values().stream()
                    .filter(Discrepancy::stands)
                    .filter(reader::may)
                    .filter(found -> base.isEmpty() || found.base().equals(base))
                    .filter(found -> item.isEmpty() || found.item().equals(item));
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Each that stands, the oldest first.")
    void list(
            @Mixin Reader reader,
            @Option(names = "--subjects", description = "With whose records they are about.") boolean subjects)
            throws IOException {
        List<Discrepancy> found = reader.standing(Beside.find(reader.place.data))
                .sorted(Comparator.comparing(Discrepancy::since).thenComparing(Discrepancy::key))
                .toList();
        say(
                "%-26s %-9s %-20s %6s  %-14s %-9s %s%s",
                "item", "state", "since", "again", "addressed", "objected", "sources", subjects ? "  subject" : "");
        found.forEach(one -> say(
                "%-26s %-9s %-20s %6d  %-14s %-9s %s%s",
                one.base() + "." + one.item(),
                one.state(),
                one.since(),
                one.reopened(),
                String.join(",", one.addressees()),
                one.objected() ? "yes" : "",
                String.join(",", one.sources()),
                subjects ? "  " + one.subject() : ""));
        say("%d", found.size());
    }

    @Command(mixinStandardHelpOptions = true, description = "How many stand, by agency, item and age.")
    void count(@Mixin Reader reader) throws IOException {
        Map<String, int[]> counts = counts(reader.standing(Beside.find(reader.place.data)), Instant.now());
        print(spec.commandLine().getOut(), counts);
    }

    /** Every discrepancy as it was told last, by key. */
    static Map<String, Discrepancy> all(Beside beside) {
        Map<String, Discrepancy> all = new TreeMap<>();
        TopicContent.read(beside.adminClient(), Names.DISCREPANCIES)
                .forEach((key, value) -> all.put(key, DiscrepancyFormat.FORMAT.decode(value)));
        return all;
    }

    /** Agency and item → how many are up to a day old, a week, a month, and older. */
    static Map<String, int[]> counts(Stream<Discrepancy> found, Instant now) {
        Map<String, int[]> counts = new TreeMap<>();
        found.forEach(one -> {
            long days = Duration.between(one.since(), now).toDays();
            int age = days < 1 ? 0 : days < 7 ? 1 : days < 30 ? 2 : 3;
            one.addressees()
                    .forEach(agency -> counts.computeIfAbsent(
                                    "%-14s %s.%s".formatted(agency, one.base(), one.item()), key -> new int[4])[age]++);
        });
        return counts;
    }

    static void print(PrintWriter out, Map<String, int[]> counts) {
        out.printf("  %-42s %9s %9s %9s %9s%n", "addressed      item", "<1 d", "<7 d", "<30 d", "older");
        counts.forEach(
                (what, ages) -> out.printf("  %-42s %,9d %,9d %,9d %,9d%n", what, ages[0], ages[1], ages[2], ages[3]));
        out.flush();
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
