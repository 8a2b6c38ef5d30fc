package io.tongdao.ops.cli;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.CatalogueLoader;
import io.tongdao.contract.catalogue.CatalogueReport;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.catalogue.Problem;
import io.tongdao.contract.plan.PlanReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao check DIR}: compiles a catalogue and explains it, or tells every problem at once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        header = "Compiles a catalogue; every problem at once.",
        description = {
            "Compiles a catalogue (目录) and says what it makes: topics, tables, bases. Every problem is told at once, as",
            "file:line: text, with what to do. Starts and changes nothing. Exit 0: sound; 2: problems."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "The catalogue. Default: the sample province's")
    private Path directory = Place.home().resolve("ops/catalogue");

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (CatalogueLoader.load(directory)) {
            case CatalogueLoader.Loaded.Whole(Catalogue catalogue) -> {
                out.print(PlanReport.text(PlanCompiler.compile(catalogue)));
                out.println();
                out.print(CatalogueReport.text(catalogue));
                out.flush();
                yield 0;
            }
            case CatalogueLoader.Loaded.Refused(List<Problem> problems) -> refused(problems);
        };
    }

    private int refused(List<Problem> problems) {
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(err::println);
        err.printf("%d problem%s; nothing was started or changed%n", problems.size(), problems.size() == 1 ? "" : "s");
        return Main.USAGE;
    }
}
