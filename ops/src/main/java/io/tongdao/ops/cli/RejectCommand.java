package io.tongdao.ops.cli;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.Reject;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.provision.CollectDesk;
import io.tongdao.ops.provision.CollectDesk.OpenReject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao reject}: rows that did not get through (待更正), addressed to their providers. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        header = "Rows in quarantine 待更正: list, show, fetch again.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Rows that can't be read or have no valid identifier wait in flag.reject. A row that its provider corrects or"
                    + " deletes comes",
            "by itself and ends its reject; retry is for rows that were right, and whose table would tell nothing new of"
                    + " them.",
            "Coordinates and codes only, never a value."
        })
final class RejectCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "How many rows of whom wait, why, and since when the oldest does.")
    void list(
            @Option(names = "--agency", paramLabel = "ID", description = "Only this provider's.") String agency,
            @Mixin Place place)
            throws IOException {
        Beside beside = Beside.find(place.data);
        Plan plan = beside.plan();
        Map<String, List<OpenReject>> byDataset = beside.collectDesk().rejects().stream()
                .filter(one -> agency == null || one.reject().dataset().startsWith(agency + "."))
                .collect(Collectors.groupingBy(one -> one.reject().dataset(), TreeMap::new, Collectors.toList()));
        if (byDataset.isEmpty()) {
            say("没有待更正的数据行 no row waits");
        }
        byDataset.forEach((dataset, rejects) -> list(plan, dataset, rejects));
    }

    private void list(Plan plan, String dataset, List<OpenReject> rejects) {
        say(
                "致 %s: %s，%,d 行待更正，最早 %s",
                Provider.of(plan, dataset), Provider.title(plan, dataset), rejects.size(), age(rejects));
        Map<String, List<OpenReject>> byCause = rejects.stream()
                .collect(Collectors.groupingBy(
                        one -> one.reject().item() + ' ' + one.reject().code(), TreeMap::new, Collectors.toList()));
        byCause.values()
                .forEach(some -> say(
                        "  %,9d  %s  %s  最早 %s",
                        some.size(),
                        item(plan, some.getFirst().reject()),
                        some.getFirst().reject().code(),
                        age(some)));
    }

    @Command(mixinStandardHelpOptions = true, description = "The rows of one dataset that wait, by their coordinates.")
    void show(
            @Parameters(paramLabel = "AGENCY.DATASET", description = "The dataset.") String dataset,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "At most so many. Default: 100")
                    int limit,
            @Mixin Place place)
            throws IOException {
        Beside beside = Beside.find(place.data);
        Plan plan = beside.plan();
        List<OpenReject> rejects = beside.collectDesk().rejects().stream()
                .filter(one -> one.reject().dataset().equals(dataset))
                .sorted(Comparator.comparing(OpenReject::since))
                .toList();
        say("致 %s: %s，%,d 行待更正", Provider.of(plan, dataset), Provider.title(plan, dataset), rejects.size());
        say("%-32s  %-24s  %-48s  %s", "行 row", "自 since", "来源位置 position", "数据项和原因 item, code");
        rejects.stream()
                .limit(limit)
                .forEach(one -> say(
                        "%-32s  %-24s  %-48s  %s %s",
                        one.reject().row(),
                        one.since(),
                        one.reject().pos(),
                        item(plan, one.reject()),
                        one.reject().code()));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Fetches rejected rows from their source again: where the catalogue or Tongdao was at fault, or the row was"
                        + " corrected",
                "without a trace in the database's log. The table is read once beside its changes, and only these rows get"
                        + " through."
            })
    void retry(
            @Parameters(index = "0", paramLabel = "AGENCY.DATASET", description = "The dataset.") String dataset,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "ROW",
                            description = "Rows, as show names them. None: all.")
                    List<String> rows,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            defaultValue = "${sys:user.name}",
                            description = "Who orders; put on record. Default: ${DEFAULT-VALUE}")
                    String by,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "0",
                            description = "Wait so long until it is done; exit code 1 if it is not by then.")
                    int wait,
            @Mixin Place place)
            throws IOException {
        CollectDesk desk = Beside.find(place.data).collectDesk();
        CollectDesk.Retried order;
        try {
            order = desk.retry(dataset, rows == null ? List.of() : rows, by);
        } catch (CollectException e) {
            throw new CommandFailedException(Main.USAGE, String.valueOf(e.getMessage()));
        }
        if (wait == 0) {
            say(
                    "%,d 行正在重新读取 rows are fetched again; what is left: ./tongdao reject list",
                    order.rows().size());
            return;
        }
        List<OpenReject> left = desk.awaitRetried(order, Duration.ofSeconds(wait));
        if (left == null) {
            throw new CommandFailedException("not done within " + wait + " s: see ./tongdao reject list");
        }
        say(
                "%,d 行已入库或已删除 through or gone, %,d 行仍待更正 rejected again",
                order.rows().size() - left.size(), left.size());
    }

    private static String item(Plan plan, Reject reject) {
        DatasetPlan dataset = plan.datasets().get(reject.dataset());
        ItemPlan item = dataset == null ? null : dataset.items().get(reject.item());
        return reject.item().isEmpty() ? "整行 row" : item == null ? reject.item() : item.label() + ' ' + reject.item();
    }

    /** Of the oldest. */
    static String age(List<OpenReject> rejects) {
        Instant oldest = rejects.stream()
                .map(OpenReject::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Duration age = Duration.between(oldest, Instant.now());
        return age.toDays() > 0
                ? age.toDays() + " 天 d"
                : age.toHours() > 0 ? age.toHours() + " 小时 h" : Math.max(0, age.toMinutes()) + " 分钟 min";
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
