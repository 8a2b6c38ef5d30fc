package io.tongdao.ops.cli;

import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Protection.Ground;
import io.tongdao.ops.provision.ProtectDesk;
import io.tongdao.ops.provision.ProtectDesk.Decision;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao protect}. */
@Command(
        name = "protect",
        mixinStandardHelpOptions = true,
        header = "保护: people, rows and connections that leave no trace; add, lift, list.",
        description = {
            "收养秘密 (民法典 1110), 犯罪记录封存 (刑事诉讼法 286), 被保护人 (刑事诉讼法 64). What is protected vanishes from golden records,",
            "discrepancies, thematic tables and releases within seconds, as if it had been deleted, and comes back when the protection is",
            "lifted. Only the agency that issued a row may still be given it. Who decided, why and on what basis stays on record."
        })
final class ProtectCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What is to be protected: one of three. */
    static final class What {
        @Option(
                names = "--subject",
                required = true,
                paramLabel = "ID",
                description =
                        "Everything about a person or body, and every row that names it. Each of its numbers by itself.")
        private String subject = "";

        @ArgGroup(exclusive = false)
        private Row row = new Row();

        @ArgGroup(exclusive = false)
        private Link link = new Link();
    }

    /** One row of a dataset. */
    static final class Row {
        @Option(
                names = "--dataset",
                required = true,
                paramLabel = "ID",
                description =
                        "One row of this dataset; where a row is about several people, each of its keys by itself.")
        private String dataset = "";

        @Option(
                names = "--row",
                required = true,
                paramLabel = "KEY",
                description = "The key of its record: subject, or subject|row.")
        private String key = "";
    }

    /** That two have to do with each other. */
    static final class Link {
        @Option(
                names = "--link",
                required = true,
                paramLabel = "ID",
                description =
                        "That this person or number has to do with another: a child and its birth parent, two numbers of one.")
        private String one = "";

        @Option(names = "--with", required = true, paramLabel = "ID", description = "The other.")
        private String other = "";
    }

    @Command(mixinStandardHelpOptions = true, description = "Protects; prints the key that lift asks for.")
    void add(
            @Mixin Place place,
            @ArgGroup(multiplicity = "1") What what,
            @Option(
                            names = "--ground",
                            required = true,
                            paramLabel = "WORD",
                            description = "${COMPLETION-CANDIDATES}, in lower case.")
                    Ground ground,
            @Option(
                            names = "--basis",
                            required = true,
                            paramLabel = "ARTICLE",
                            description = "The law and article that says so; put on record.")
                    String basis,
            @Option(
                            names = "--by",
                            required = true,
                            paramLabel = "WHO",
                            description = "authority, or the agency's id; put on record.")
                    String by,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record.")
                    String reason)
            throws IOException {
        ProtectDesk desk = Beside.find(place.data).protectDesk();
        Decision decision = new Decision(by, ground, basis, reason);
        say("%s", added(desk, what, decision).key());
    }

    private static Protection added(ProtectDesk desk, What what, Decision decision) {
        if (!what.row.dataset.isEmpty()) {
            return desk.row(what.row.dataset, what.row.key, decision);
        }
        return what.link.one.isEmpty()
                ? desk.subject(what.subject, decision)
                : desk.link(what.link.one, what.link.other, decision);
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends a protection: what it hid comes back.")
    void lift(
            @Mixin Place place,
            @Parameters(index = "0", paramLabel = "KEY", description = "As add and list --keys show it.") String key,
            @Option(
                            names = "--by",
                            required = true,
                            paramLabel = "WHO",
                            description = "Who decided it, or authority; put on record.")
                    String by,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record.")
                    String reason)
            throws IOException {
        Beside.find(place.data).protectDesk().lift(key, by, reason);
        say("lifted");
    }

    @Command(mixinStandardHelpOptions = true, description = "What is on record, the oldest first; lifted ones too.")
    void list(
            @Mixin Place place,
            @Option(
                            names = "--as",
                            required = true,
                            paramLabel = "WHO",
                            description = "authority: all. An agency's id: what it decided itself.")
                    String who,
            @Option(names = "--keys", description = "With whom they are about.") boolean keys)
            throws IOException {
        List<Protection> found = Beside.find(place.data).protectDesk().list(who).stream()
                .sorted(Comparator.comparing(Protection::at).thenComparing(Protection::key))
                .toList();
        say("%-9s %-8s %-17s %-12s %-28s %s%s", "state", "of", "ground", "by", "since", "basis", keys ? "  key" : "");
        found.forEach(one -> say(
                "%-9s %-8s %-17s %-12s %-28s %s%s",
                one.inForce() ? "in force" : "lifted",
                word(one.of()),
                word(one.ground()),
                one.by(),
                one.at(),
                one.basis(),
                keys ? "  " + one.key() : ""));
        say("%d", found.size());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
