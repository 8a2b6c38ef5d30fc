package io.tongdao.ops.cli;

import io.tongdao.contract.change.PlanDiff;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.exchange.PlanSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao plan}: what a change of the catalogue would do (art. 14, 16, 36). */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        header = "What a change of the catalogue would do.",
        synopsisHeading = "Usage: tongdao plan [--data DIR] NEW   or   tongdao plan OLD NEW%n",
        customSynopsis = "",
        description = {
            "Compares a catalogue with the one in force on the running exchange, or with another directory: what is"
                    + " created,",
            "changed and dropped; whether the schema of each topic stays readable; which masks become looser; which"
                    + " running",
            "grants it narrows or cuts; what is lost, read again or started again. Changes nothing.",
            "Against the running exchange the schema registry and the grants are asked too; between two directories"
                    + " they are not.",
            "Exit 0: it can be applied, or there is nothing to do; 2: refused."
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private DataOption place = new DataOption();

    @Parameters(
            paramLabel = "DIR",
            arity = "1..2",
            description = "The next catalogue; or the old one and the next one.")
    private List<Path> directories = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (directories.size() == 2) {
            Plan old = PlanSource.compileToRead(directories.get(0));
            return said(PlanDiff.between(old, PlanSource.compileToRead(directories.get(1))), out);
        }
        try (ReviewOf review = ReviewOf.beside(Beside.find(place.data), directories.getFirst())) {
            out.printf("against %s%n%n", review.said());
            return said(review.diff(), out);
        }
    }

    private static int said(PlanDiff diff, PrintWriter out) {
        if (diff.isEmpty()) {
            out.printf("Nothing to do: the catalogues say the same.%n");
            out.flush();
            return 0;
        }
        new DiffText(diff, out).print();
        return diff.refusals().isEmpty() ? 0 : Main.USAGE;
    }
}
