package io.tongdao.ops.cli;

import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.provision.DisputeDesk;
import io.tongdao.ops.provision.DisputeDesk.Target;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.reconcile.rule.Discrepancy;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao ruling}. */
@Command(
        name = "ruling",
        mixinStandardHelpOptions = true,
        header = "裁定: settle a discrepancy or an objection; file.",
        description = {
            "corrected     更正  the source corrects its value; the discrepancy waits until that is seen in its stream",
            "upheld        维持  what stands is right; it closes, and does not reopen for the same values",
            "source_wrong  权威源有误  the value of --serve is served until the source of record changes its own"
        })
final class RulingCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Command(mixinStandardHelpOptions = true, description = "Settles what stands there.")
    void file(
            @Mixin ObjectionCommand.Item item,
            @Option(
                            names = "--decision",
                            required = true,
                            paramLabel = "WORD",
                            description = "${COMPLETION-CANDIDATES}, in lower case.")
                    Decision decision,
            @Option(names = "--serve", paramLabel = "DATASET", description = "Of source_wrong: whose value is served.")
                    @Nullable
                    String serve,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who rules; put on record.")
                    String by,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; put on record. No value.")
                    String reason)
            throws IOException {
        Beside beside = Beside.find(item.place.data);
        Target target = item.target();
        Discrepancy about = DiscrepancyCommand.all(beside).get(target.key());
        if (about == null) {
            throw new CommandFailedException("no discrepancy of " + target.base() + "." + target.item()
                    + " was ever told for this subject: see ./tongdao discrepancy list");
        }
        DisputeDesk desk = beside.disputeDesk();
        desk.rule(about, decision, serve, objection(beside, desk, target), by, reason);
        spec.commandLine().getOut().printf("%s%n", decision.name().toLowerCase(Locale.ROOT));
        spec.commandLine().getOut().flush();
    }

    private static @Nullable String objection(Beside beside, DisputeDesk desk, Target target) {
        String topic = Names.objections(desk.kind(target.base()));
        byte[] value = TopicContent.read(beside.adminClient(), topic).get(target.key());
        return value == null ? null : Objection.FORMAT.decode(value).id();
    }
}
