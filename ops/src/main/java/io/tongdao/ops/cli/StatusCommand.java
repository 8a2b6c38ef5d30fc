package io.tongdao.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.collect.SchemaFlag;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.exchange.StatusFile;
import io.tongdao.ops.provision.CollectDesk.OpenReject;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.reconcile.rule.Discrepancy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Stages, lags, tables, grants, discrepancies.",
        description = {
            "How the exchange on --data is doing: collection, stages and their lags, tables, grants, open"
                    + " discrepancies and",
            "rows in quarantine. Counts only, never a value."
        })
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    @Option(names = "--json", description = "The running part as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Beside beside = Beside.find(place.data);
        Path file = StatusFile.path(place.data);
        if (!Files.exists(file)) {
            throw new CommandFailedException("the exchange on " + place.data + " is still starting");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Files.readString(file));
        } else {
            JsonNode status = new ObjectMapper().readTree(file.toFile());
            Instant at = Instant.parse(status.path("at").asText());
            out.printf(
                    "process %d, as of %d s ago, api %s%n%n",
                    beside.running().pid(),
                    Duration.between(at, Instant.now()).toSeconds(),
                    beside.running().api());
            catalogue(out, status.path("catalogue"));
            table(
                    out,
                    "collect 归集",
                    status.path("collect"),
                    "dataset",
                    "state",
                    "epoch",
                    "read",
                    "of_about",
                    "records",
                    "rejects",
                    "last_commit");
            inboxes(out, status.path("inboxes"));
            problems(out, beside, status.path("collect"));
            table(out, "stages 环节", status.path("stages"), "stage", "state", "lag", "postponed", "catalogue");
            if (!status.path("reevaluations").isEmpty()) {
                table(
                        out,
                        "golden records found anew by other rules 规则变更重算",
                        status.path("reevaluations"),
                        "task",
                        "state",
                        "subjects",
                        "of_at_most");
            }
            if (!status.path("rebuilds").isEmpty()) {
                table(
                        out,
                        "rebuilt from their sources 重建",
                        status.path("rebuilds"),
                        "stage",
                        "state",
                        "generation",
                        "by",
                        "since",
                        "changed");
            }
            table(out, "tables 表", status.path("tables"), "table", "state", "lag", "reason");
            if (!status.path("deliveries").isEmpty()) {
                table(
                        out,
                        "returns into databases 回流入库",
                        status.path("deliveries"),
                        "grant",
                        "state",
                        "epoch",
                        "lag",
                        "written",
                        "connection",
                        "reason");
            }
            table(out, "grants 授权", status.path("grants"), "grant", "status", "epoch", "consumer", "topic");
            if (!status.path("files").isEmpty()) {
                table(
                        out,
                        "files 文件",
                        status.path("files"),
                        "grant",
                        "epoch",
                        "versions",
                        "rows",
                        "made",
                        "next",
                        "waits");
            }
            flags(out, beside);
        }
        out.flush();
        return 0;
    }

    private static void inboxes(PrintWriter out, JsonNode inboxes) {
        if (inboxes.isEmpty()) {
            return;
        }
        table(out, "inboxes 收件箱", inboxes, "inbox", "state", "waiting", "without_manifest", "failed");
        for (JsonNode inbox : inboxes) {
            table(
                    out,
                    "files of 批量交换 " + inbox.path("inbox").asText(),
                    inbox.path("datasets"),
                    "dataset",
                    "state",
                    "sequence",
                    "kind",
                    "epoch",
                    "rows",
                    "records",
                    "rejects",
                    "taken");
            inbox.path("datasets").forEach(dataset -> line(out, dataset.path("taking")));
            inbox.path("waits").forEach(wait -> line(out, wait));
            line(out, inbox.path("problem"));
        }
    }

    private static void line(PrintWriter out, JsonNode text) {
        if (text.isTextual()) {
            out.println("  " + text.asText());
        }
    }

    /** What keeps rows back at the sources, and what has changed there. */
    private static void problems(PrintWriter out, Beside beside, JsonNode datasets) {
        Set<String> lines = new LinkedHashSet<>();
        Map<String, Integer> epochs = new TreeMap<>();
        for (JsonNode dataset : datasets) {
            epochs.put(dataset.path("dataset").asText(), dataset.path("epoch").asInt());
            if (dataset.hasNonNull("problem")) {
                boolean whole = dataset.path("state").asText().equals("lost");
                lines.add((whole ? dataset.path("connection") : dataset.path("dataset")).asText() + ": "
                        + dataset.path("problem").asText());
            }
        }
        TopicContent.read(beside.adminClient(), Names.SCHEMA_CHANGES).values().forEach(value -> {
            SchemaFlag flag = SchemaFlag.parse(value);
            if (epochs.getOrDefault(flag.dataset(), 0) == flag.epoch()) {
                flag.changes().forEach(change -> lines.add(flag.dataset() + ": " + change.line()));
            }
        });
        if (!lines.isEmpty()) {
            out.println("at the sources 来源变动");
            lines.forEach(line -> out.println("  " + line));
            out.println();
        }
    }

    private static void catalogue(PrintWriter out, JsonNode catalogue) {
        out.printf(
                "catalogue 目录  version %d (%s) by %s, published %s%n",
                catalogue.path("version").asInt(),
                catalogue.path("digest").asText().substring(0, 12),
                catalogue.path("author").asText(),
                catalogue.path("published").asText());
        if (catalogue.path("applying").asInt() > 0) {
            String problem = catalogue.path("problem").asText();
            out.printf(
                    "  version %d is being carried out%s%n",
                    catalogue.path("applying").asInt(), problem.isEmpty() ? "" : ", and waits: " + problem);
        }
        out.println();
    }

    private static void flags(PrintWriter out, Beside beside) {
        List<Discrepancy> open = DiscrepancyCommand.all(beside).values().stream()
                .filter(Discrepancy::stands)
                .toList();
        out.printf("open discrepancies 疑义: %d%n", open.size());
        DiscrepancyCommand.print(out, DiscrepancyCommand.counts(open.stream(), Instant.now()));
        rejects(out, beside);
    }

    /** Addressed to the providers; by item and code: {@code tongdao reject list}. */
    private static void rejects(PrintWriter out, Beside beside) {
        Plan plan = beside.plan();
        Map<String, List<OpenReject>> rejects = beside.collectDesk().rejects().stream()
                .collect(Collectors.groupingBy(one -> one.reject().dataset(), TreeMap::new, Collectors.toList()));
        out.printf(
                "rows in quarantine 待更正: %d%n",
                rejects.values().stream().mapToInt(List::size).sum());
        rejects.forEach((dataset, open) -> out.printf(
                "  %,9d  %s → %s, oldest 最早 %s%n",
                open.size(), dataset, Provider.of(plan, dataset), RejectCommand.age(open)));
    }

    private static void table(PrintWriter out, String title, JsonNode rows, String... columns) {
        out.println(title);
        for (JsonNode row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < columns.length; i++) {
                JsonNode cell = row.path(columns[i]);
                String text = cell.isNumber() ? String.format("%,d", cell.asLong()) : cell.asText();
                line.append(
                        String.format(i == 0 ? "%-38s" : "  %-10s", cell.isNumber() ? columns[i] + " " + text : text));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println();
    }
}
