package io.tongdao.ops.cli;

import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.change.Confirmation;
import io.tongdao.contract.change.References;
import io.tongdao.ops.provision.ApplyRefused;
import io.tongdao.ops.provision.CatalogueDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao apply}: carries a catalogue out on the running exchange (art. 14, 16, 36). */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        header = "Carries a catalogue out on the running exchange.",
        description = {
            "Publishes a catalogue as the next version (ctl.catalogue, with author, time and digest) and has the"
                    + " running exchange",
            "carry it out, without stopping what it does not touch; prints each step. What ./tongdao plan says must be"
                    + " confirmed",
            "is confirmed here by name. A grant that runs is narrowed or cut only with the references of art. 36.",
            "Killed in between, the exchange goes on with it at its next start.",
            "Exit 0: in force, or nothing to do; 1: published, but not yet carried out; 2: refused, nothing has"
                    + " changed."
        })
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private DataOption place = new DataOption();

    @Parameters(paramLabel = "DIR", description = "The next catalogue.")
    private Path directory = Path.of(".");

    @Option(
            names = "--confirm",
            split = ",",
            paramLabel = "WHAT",
            description = "Confirms what plan names: ${COMPLETION-CANDIDATES}.")
    private Set<Confirmation> confirmed = Set.of();

    @Option(
            names = "--consultation",
            paramLabel = "REF",
            defaultValue = "",
            description = "The record of the consultation with the consumers whose grants are restricted (art. 36).")
    private String consultation = "";

    @Option(
            names = "--filing",
            paramLabel = "REF",
            defaultValue = "",
            description = "The number under which that is filed with the authority (art. 36).")
    private String filing = "";

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who publishes; put on record.")
    private String by = "";

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "Why; put on record.")
    private String note = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait until it is in force. Default: ${DEFAULT-VALUE}")
    private long wait;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (ReviewOf review = ReviewOf.beside(Beside.find(place.data), directory)) {
            if (review.published()) {
                out.printf("Nothing to do: it is %s.%n", review.newest().name());
                return await(review.desk(), review.newest());
            }
            new DiffText(review.diff(), out).print();
            References references = new References(confirmed, consultation, filing);
            List<String> missing = references.missing(review.diff());
            if (!missing.isEmpty()) {
                throw new ApplyRefused(missing);
            }
            CatalogueVersion version =
                    review.desk().publish(review.newest().version(), review.packed(), by, note, references);
            out.printf("published as %s%n", version.name());
            return await(review.desk(), version);
        }
    }

    private int await(CatalogueDesk desk, CatalogueVersion version) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Instant limit = Instant.now().plus(Duration.ofSeconds(wait));
        int told = 0;
        String problem = "";
        while (true) {
            CatalogueProgress now = desk.progress();
            if (now.target() == version.version()) {
                now.steps().stream().skip(told).forEach(step -> out.printf("  %s%n", step));
                told = Math.max(told, now.steps().size());
                problem = now.problem();
                if (now.settled()) {
                    out.printf("%s is in force%n", version.name());
                    out.flush();
                    return 0;
                }
            }
            out.flush();
            if (now.target() > version.version()) {
                throw new CommandFailedException(version.name() + " was overtaken by version " + now.target());
            }
            if (Instant.now().isAfter(limit) || !problem.isEmpty()) {
                throw new CommandFailedException(version.name() + " is published and not yet in force"
                        + (problem.isEmpty() ? "" : ": " + problem)
                        + ". It is tried again by itself; see ./tongdao status, or apply the former catalogue again");
            }
            Thread.sleep(200);
        }
    }
}
