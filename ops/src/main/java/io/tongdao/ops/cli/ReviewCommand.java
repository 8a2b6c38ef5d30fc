package io.tongdao.ops.cli;

import io.tongdao.contract.dispute.IdentityRuling.Decision;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.provision.DiscrepancyReader;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.reconcile.ReviewFormat;
import io.tongdao.reconcile.rule.Review;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao review}. */
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        header = "疑似错号复核: rows that seem to be about another subject than their number says; list, rule.",
        description = {
            "A row that differs from the issuing agency's in the name, and in the birth date or the sex, is set aside as a whole until a",
            "ruling says whose it is, or until they contradict each other no longer. A review names datasets and since when, never a value."
        })
final class ReviewCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Command(mixinStandardHelpOptions = true, description = "Each that stands, the oldest first.")
    void list(
            @Mixin Place place,
            @Option(
                            names = "--as",
                            required = true,
                            paramLabel = "WHO",
                            description = {
                                "An agency's id: what is addressed to it. authority: what is addressed to the province's agencies;",
                                "authority@530100: to those of a division."
                            })
                    String who,
            @Option(names = "--keys", description = "With the keys that rule asks for: subject|dataset|row.")
                    boolean keys)
            throws IOException {
        Beside beside = Beside.find(place.data);
        DiscrepancyReader reader = new DiscrepancyReader(beside.plan(), who);
        List<Review> found = all(beside).values().stream()
                .filter(Review::stands)
                .filter(reader::may)
                .sorted(Comparator.comparing(Review::since).thenComparing(Review::key))
                .toList();
        say("%-12s %-34s %-34s %-20s%s", "kind", "set aside", "leads", "since", keys ? "  key" : "");
        found.forEach(one -> say(
                "%-12s %-34s %-34s %-20s%s",
                one.kind(),
                one.dataset(),
                one.leader().isEmpty() ? "nobody" : one.leader(),
                one.since(),
                keys ? "  " + one.key() : ""));
        say("%d", found.size());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "same       同一主体  the row is about the subject, and is heard",
                "different  非同一主体  it is about somebody else, and stays set aside",
                "A ruling holds for what was compared: a row that changes is judged anew."
            })
    void rule(
            @Mixin Place place,
            @Parameters(index = "0", paramLabel = "KEY", description = "As list --keys shows it.") String key,
            @Option(
                            names = "--decision",
                            required = true,
                            paramLabel = "WORD",
                            description = "${COMPLETION-CANDIDATES}, in lower case.")
                    Decision decision,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who rules; put on record.")
                    String by,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; put on record. No value.")
                    String reason)
            throws IOException {
        Beside beside = Beside.find(place.data);
        Review about = all(beside).get(key);
        if (about == null || !about.stands()) {
            throw new CommandFailedException(
                    "nothing is under review by this key: see ./tongdao review list --as authority --keys");
        }
        beside.disputeDesk().identify(about, decision, by, reason);
        say("%s", decision.name().toLowerCase(Locale.ROOT));
    }

    /** Every review as it was told last, by key. */
    private static Map<String, Review> all(Beside beside) {
        Map<String, Review> all = new TreeMap<>();
        TopicContent.read(beside.adminClient(), Names.REVIEWS)
                .forEach((key, value) -> all.put(key, ReviewFormat.FORMAT.decode(value)));
        return all;
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
