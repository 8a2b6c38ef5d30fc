package io.tongdao.ops.cli;

import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.exchange.Rebuilding;
import io.tongdao.ops.provision.StageDesk;
import io.tongdao.runtime.StreamsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao reset}: a stage finds its state anew from its sources (重建). */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        header = "Rebuild a stage from its sources.",
        description = {
            "Takes a stage's state away (store files, changelogs, offsets) and has it found anew from src.* and what is"
                    + " decided about",
            "it. Meanwhile the stage writes nothing; then it writes what is not as its topics have it, and nothing"
                    + " else. Since when a",
            "discrepancy stands is kept. Without --yes it says what would be deleted. The order is put on record in"
                    + " ctl.stage and",
            "obeyed once, also if the exchange is stopped or killed in between; how far it is: ./tongdao status"
        })
final class ResetCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STAGE", description = "reconcile or compose.")
    private String stage = "";

    @Option(names = "--yes", description = "Confirms it.")
    private boolean yes;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; put on record.")
    private String reason = "";

    @Mixin
    private Order order = new Order();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Rebuilding.STAGES.contains(stage)) {
            throw new CommandFailedException(
                    Main.USAGE,
                    "stage '" + stage + "' can't be rebuilt; those that follow from their sources alone are: "
                            + String.join(", ", Rebuilding.STAGES));
        }
        Beside beside = Beside.find(order.place.data);
        if (!Rebuilding.needed(stage, beside.plan())) {
            throw new CommandFailedException(
                    Main.USAGE, "the catalogue in force has nothing for stage " + stage + " to do: it does not run");
        }
        if (!yes) {
            tell(beside);
            throw new CommandFailedException("nothing was deleted; to confirm: ./tongdao reset " + stage + " --yes");
        }
        StageDesk desk = beside.stageDesk();
        long placed = desk.rebuild(stage, order.by, reason);
        if (order.wait == 0) {
            say("the rebuild of stage %s is ordered; how far it is: ./tongdao status", stage);
        } else if (desk.awaitDone(stage, placed, Duration.ofSeconds(order.wait))) {
            say("stage %s is rebuilt: it is as its sources say", stage);
        } else {
            throw new CommandFailedException(
                    "stage " + stage + " is not rebuilt within " + order.wait + " s and goes on: see ./tongdao status");
        }
        return 0;
    }

    private void tell(Beside beside) throws IOException {
        String application = StreamsSettings.applicationId(stage);
        DataDirectory data = beside.data();
        List<String> topics = StageDesk.internal(beside.adminClient(), stage);
        say("a rebuild of %s deletes", stage);
        say("  its store files            %s", data.state().resolve(application));
        say("  its offsets                group %s", application);
        say("  its changelogs and repartitions, %d topics:", topics.size());
        topics.forEach(topic -> say("    %s", topic));
        say("and none of the data that it reads or has written.");
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
