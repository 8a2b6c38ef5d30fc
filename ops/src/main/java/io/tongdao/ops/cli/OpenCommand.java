package io.tongdao.ops.cli;

import io.tongdao.contract.open.Opening;
import io.tongdao.contract.open.Opening.State;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.Rung;
import io.tongdao.ops.opening.OpenDesk;
import io.tongdao.ops.opening.OpenDesk.Published;
import io.tongdao.ops.opening.Order;
import io.tongdao.ops.opening.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao open}. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        header = "开放: checked snapshots of tables for the public; publish, list, show, suspend, resume, withdraw.",
        description = {
            "A publication is declared in the catalogue, open/<publication>.yaml. Publishing reads its table once, generalises it as",
            "little as possible so that nobody can be told from it and its former versions, and refuses if too much would have to be",
            "left out. Files lie under --data/open; who published, suspended and withdrew, and why, stays on record."
        })
final class OpenCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Who decides, and why. */
    static final class Decision {
        @Option(
                names = "--by",
                required = true,
                paramLabel = "NAME",
                description = "Who decides; put on record, not published.")
        private String by = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; put on record, and published in the notice that stands in for the files.")
        private String reason = "";
    }

    /** Whom a conditional publication is for (art. 41). */
    static final class Applicant {
        @Option(
                names = "--for",
                paramLabel = "APPLICANT",
                description = "Of a conditional publication: whom it is for.")
        private String applicant = "";

        @Option(names = "--undertaking", paramLabel = "DOC", description = "The number of its undertaking (承诺书).")
        private String undertaking = "";

        @Option(names = "--agreement", paramLabel = "DOC", description = "The number of the agreement with it (协议).")
        private String agreement = "";
    }

    @Command(mixinStandardHelpOptions = true, description = "Makes the next version of a publication, or says why not.")
    void publish(
            @Mixin Place place,
            @Parameters(paramLabel = "ID", description = "Of the catalogue.") String id,
            @Mixin Applicant applicant,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decides; put on record.")
                    String by,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; put on record.")
                    String reason)
            throws IOException, InterruptedException {
        Published published = Beside.find(place.data)
                .openDesk()
                .publish(id, new Order(by, reason, applicant.applicant, applicant.undertaking, applicant.agreement));
        print(published.version(), published.directory());
    }

    private void print(Version version, Path directory) {
        PublicationPlan publication = version.publication();
        say("已发布 published  %s v%d  %s", publication.id(), version.number(), publication.title());
        say("目录 directory    %s", directory);
        say("记录 rows         %d，分 %d 组 groups", version.rows(), version.groups());
        say("抑制 left out     %d，上限 at most %d", version.suppressed(), version.limit());
        say(
                "检验 tested       k=%d，l=%d，信息损失 loss %.3f",
                publication.bounds().k(), publication.bounds().l(), version.loss());
        publication.items().values().forEach(item -> {
            Rung rung = version.rungs().getOrDefault(item.name(), Rung.DROP);
            say("  %-20s %s → %s %s", item.name(), item.label(), rung.label(), rung.word());
        });
    }

    @Command(mixinStandardHelpOptions = true, description = "The publications of the catalogue, and their versions.")
    void list(@Mixin Place place) throws IOException {
        OpenDesk desk = Beside.find(place.data).openDesk();
        for (PublicationPlan publication : desk.publications()) {
            say(
                    "%s  %s  %s  %s",
                    publication.conditional() ? "有条件 conditional" : "无条件 unconditional",
                    publication.id(),
                    publication.title(),
                    publication.table());
        }
        for (Opening version : desk.list()) {
            line(desk, version);
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "The versions of a publication, with every decision about each.")
    void show(@Mixin Place place, @Parameters(paramLabel = "ID", description = "A publication.") String id)
            throws IOException {
        OpenDesk desk = Beside.find(place.data).openDesk();
        List<Opening> versions = desk.versions(id);
        if (versions.isEmpty()) {
            throw new CommandFailedException("nothing was published of " + id + ": see ./tongdao open list");
        }
        for (Opening version : versions) {
            line(desk, version);
            if (!version.applicant().isEmpty()) {
                say("    承诺书 undertaking %s，协议 agreement %s", version.undertaking(), version.agreement());
            }
            say("    清单摘要 manifest SHA-256 %s", version.manifest());
            version.steps()
                    .forEach(step -> say("    %s %s  %s  %s", step.at(), word(step.state()), step.by(), step.reason()));
        }
    }

    private void line(OpenDesk desk, Opening version) throws IOException {
        Path directory = desk.directory(version);
        say(
                "  %s v%d  %s%s  %d 条 rows，抑制 left out %d  %s",
                version.publication(),
                version.version(),
                word(version.state()),
                version.applicant().isEmpty() ? "" : "  申请人 for " + version.applicant(),
                version.rows(),
                version.suppressed(),
                directory == null ? "文件不在 no files" : directory);
    }

    @Command(description = "中止开放: nobody can read it until it is resumed (art. 42). A notice stands in its place.")
    void suspend(@Mixin Place place, @Mixin Which which, @Mixin Decision decision)
            throws IOException, InterruptedException {
        decide(place, which, State.SUSPENDED, decision);
    }

    @Command(description = "继续开放: what was suspended can be read again, as it was.")
    void resume(@Mixin Place place, @Mixin Which which, @Mixin Decision decision)
            throws IOException, InterruptedException {
        decide(place, which, State.PUBLISHED, decision);
    }

    @Command(description = "撤回: the files are deleted at once, for good (art. 42). A notice stands in their place.")
    void withdraw(@Mixin Place place, @Mixin Which which, @Mixin Decision decision)
            throws IOException, InterruptedException {
        decide(place, which, State.WITHDRAWN, decision);
    }

    /** Which versions. */
    static final class Which {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help message and exit.")
        @SuppressWarnings("UnusedVariable") // picocli reads it; its own mixin would take --version
        private boolean help;

        @Parameters(index = "0", paramLabel = "ID", description = "A publication.")
        private String id = "";

        @Option(
                names = "--version",
                paramLabel = "N",
                defaultValue = "0",
                description = "One version. Default: all of them")
        private int version;
    }

    private void decide(Place place, Which which, State state, Decision decision)
            throws IOException, InterruptedException {
        List<Opening> decided =
                Beside.find(place.data).openDesk().decide(which.id, which.version, state, decision.by, decision.reason);
        decided.forEach(version -> say("%s  %s v%d", word(state), version.publication(), version.version()));
    }

    private static String word(State state) {
        return switch (state) {
            case PUBLISHED -> "开放中 published";
            case SUSPENDED -> "中止 suspended";
            case WITHDRAWN -> "已撤回 withdrawn";
        };
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
