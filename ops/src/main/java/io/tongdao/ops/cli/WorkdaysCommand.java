package io.tongdao.ops.cli;

import io.tongdao.contract.calendar.Deadline;
import io.tongdao.contract.calendar.WorkingDays;
import io.tongdao.ops.exchange.PlanSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao workdays DAY N}: when a term of the regulation ends (art. 16, 34). */
@Command(
        name = "workdays",
        mixinStandardHelpOptions = true,
        header = "When a term of working days ends.",
        description = {
            "When a term of N working days (工作日) ends that began with what was received on a day: that day is not counted, the",
            "N-th working day after it is the last. By the catalogue's lists of days off (calendar/<year>.yaml), before those of",
            "2004 to 2026 that came with this version. What counts days of a year without a list is provisional (暂定): weekends and",
            "the 13 days off by law. Starts and changes nothing. Exit 0; 2: the catalogue has problems, or there is no such calendar."
        })
final class WorkdaysCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DAY", description = "The day of receipt, as 2026-12-25")
    @SuppressWarnings("NullAway.Init") // required
    private LocalDate received;

    @Parameters(index = "1", paramLabel = "N", description = "How many working days, at least 1")
    private int days;

    @Option(
            names = "--catalogue",
            paramLabel = "DIR",
            description = "Whose lists come first. Default: the sample province's")
    private Path catalogue = Place.home().resolve("ops/catalogue");

    @Override
    public Integer call() {
        if (days < 1 || days > 1_000) {
            throw new CommandFailedException(Main.USAGE, "a term has 1 to 1,000 working days, not " + days);
        }
        WorkingDays calendar = PlanSource.compileToRead(catalogue).workingDays();
        try {
            print(calendar.add(received, days), spec.commandLine().getOut());
        } catch (DateTimeException e) {
            throw new CommandFailedException(
                    Main.USAGE, e.getMessage() + ": write its list into calendar/<year>.yaml of the catalogue");
        }
        return 0;
    }

    private void print(Deadline deadline, PrintWriter out) {
        out.printf("%s 收到 received, %d 个工作日 working days: %s 到期 due%n", received, days, deadline.date());
        if (deadline.provisional()) {
            out.printf("暂定 provisional: 有的日子所在年份的放假安排尚未公布; put it into calendar/<year>.yaml once it is published%n");
        }
        out.flush();
    }
}
