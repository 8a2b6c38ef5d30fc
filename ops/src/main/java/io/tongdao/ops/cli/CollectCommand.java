package io.tongdao.ops.cli;

import io.tongdao.collect.CollectException;
import io.tongdao.collect.SourceState;
import io.tongdao.ops.provision.CollectDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao collect}: orders to a collection that runs (归集). */
@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        header = "Read a table again, heal a gap in a source's log, list; a connector for a Connect cluster.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ConnectorCommand.class,
        description = {
            "Orders to the collection that runs on --data: list, resnapshot, heal. An order is written to ctl.collect"
                    + " and obeyed",
            "once, also if the exchange is stopped or killed in between. connector prints a connection's connector for a"
                    + " Connect cluster."
        })
final class CollectCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Reads one dataset's table again, chunk by chunk, while its changes flow; then ends what the table no"
                        + " longer",
                "holds. Also what lets rows out of quarantine after a change of the table that the catalogue needs not"
                        + " follow."
            })
    void resnapshot(
            @Parameters(paramLabel = "AGENCY.DATASET", description = "The dataset.") String dataset, @Mixin Order order)
            throws IOException {
        placed(dataset + " is being read again", order, desk -> desk.resnapshot(dataset, order.by));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Begins a connection anew after its replication slot was lost or its binlog purged: all its tables are"
                        + " read",
                "whole in a new epoch, and what was deleted in the gap is ended. Readers see every row of them once"
                        + " more."
            })
    void heal(
            @Parameters(paramLabel = "CONNECTION", description = "The connection, as sources.yaml names it.")
                    String connection,
            @Option(names = "--yes", description = "Confirms it.") boolean yes,
            @Mixin Order order)
            throws IOException {
        if (!yes) {
            throw new CommandFailedException("heal reads all tables of " + connection
                    + " anew, and every row of them flows once more; to confirm: tongdao collect heal " + connection
                    + " --yes");
        }
        placed(connection + " begins anew", order, desk -> desk.heal(connection, order.by));
    }

    @Command(mixinStandardHelpOptions = true, description = "All captured datasets and how far they are.")
    void list(@Mixin Place place) throws IOException {
        say("%-38s %-14s %-14s %6s  %s", "dataset", "connection", "state", "epoch", "since");
        Beside.find(place.data)
                .collectDesk()
                .states()
                .forEach((dataset, state) -> say(
                        "%-38s %-14s %-14s %6d  %s",
                        dataset, state.connection(), word(state), state.epoch(), state.since()));
    }

    private static String word(SourceState state) {
        return state.state().name().toLowerCase(Locale.ROOT);
    }

    private void placed(String what, Order order, Function<CollectDesk, CollectDesk.Placed> place) throws IOException {
        CollectDesk desk = Beside.find(order.place.data).collectDesk();
        CollectDesk.Placed placed;
        try {
            placed = place.apply(desk);
        } catch (CollectException e) {
            throw new CommandFailedException(Main.USAGE, String.valueOf(e.getMessage()));
        }
        if (order.wait == 0) {
            say("%s; how far it is: ./tongdao status", what);
        } else if (desk.awaitWhole(placed, Duration.ofSeconds(order.wait))) {
            say("done: %s", String.join(", ", placed.datasets()));
        } else {
            throw new CommandFailedException(what + ", but not done within " + order.wait + " s: see ./tongdao status");
        }
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
