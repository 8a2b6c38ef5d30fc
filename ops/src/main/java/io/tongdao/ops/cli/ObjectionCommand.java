package io.tongdao.ops.cli;

import io.tongdao.ops.provision.DisputeDesk.Target;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao objection}. */
@Command(
        name = "objection",
        mixinStandardHelpOptions = true,
        header = "异议: object to a value of a golden record; file, withdraw.",
        description = {
            "An objection flags the item at once as disputed; a ruling settles it (art. 20). It is put on record with who and why."
        })
final class ObjectionCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The item of a subject's golden record. */
    static final class Item {
        @Mixin
        Place place = new Place();

        @Parameters(index = "0", paramLabel = "SUBJECT", description = "The identifier of the golden record.")
        private String subject = "";

        @Parameters(index = "1", paramLabel = "BASE.ITEM", description = "For example population.full_name.")
        private String item = "";

        Target target() {
            int dot = item.indexOf('.');
            if (dot < 0) {
                throw new CommandFailedException(
                        "\"" + item + "\" names no item of a base database: write base.item, as population.full_name");
            }
            return new Target(subject, item.substring(0, dot), item.substring(dot + 1));
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Flags the item; prints the objection's id.")
    void file(
            @Mixin Item item,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who objects; put on record.")
                    String by,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; put on record. No value.")
                    String reason)
            throws IOException {
        String id = Beside.find(item.place.data)
                .disputeDesk()
                .object(item.target(), by, reason)
                .id();
        say("%s", id);
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes an objection back.")
    void withdraw(@Mixin Item item) throws IOException {
        Beside.find(item.place.data).disputeDesk().takeBack(item.target());
        say("taken back");
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
