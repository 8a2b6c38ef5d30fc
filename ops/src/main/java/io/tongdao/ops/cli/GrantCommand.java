package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.ops.exchange.StatusFile;
import io.tongdao.ops.provision.GrantDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao grant}: the life of a grant (art. 26, 27, 29-36). */
@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        subcommands = {GrantFilesCommand.class, GrantUnsealCommand.class, GrantReconcileCommand.class},
        header = "授权: file, approve, suspend, resume, end, withdraw, list, show grants; their files.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Decides who may read what: file, approve, suspend, resume, end, withdraw, list, show, reconcile. Needs a running exchange on",
            "--data. A grant becomes active by itself when all providers have approved and its time has come, and expires by itself.",
            "What is delivered as files: files lists and makes them, unseal opens a sealed one, without a running exchange.",
            "Every step is written to ctl.grant with who and why; the provisioner acts on it."
        })
final class GrantCommand implements Runnable {
    private static final Duration CUT = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Who acts, on every step that is put on record. */
    static final class Actor {
        @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who decides; put on record.")
        private String by = "";
    }

    /** The grant that a step is about. */
    static final class Subject {
        @Parameters(paramLabel = "ID", description = "The grant's id.")
        private String id = "";

        @Mixin
        private Place place = new Place();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Files an application from a YAML file (see ops/catalogue/grants). What it lacks is told at once, and it waits as",
                "incomplete until it is filed again whole; what the catalogue forbids is refused."
            })
    void file(@Parameters(paramLabel = "FILE") Path file, @Mixin Place place, @Mixin Actor actor) throws IOException {
        GrantDesk desk = Beside.find(place.data).desk();
        Grant grant = desk.file(file, actor.by);
        if (grant.status() == Grant.Status.INCOMPLETE) {
            say("%s %s：请一次性补正后以同一编号重新提交", GrantWords.status(grant.status()), grant.id());
            GrantText.lacks(desk.findings(grant).missing()).forEach(line -> say("%s", line));
        } else {
            say("filed %s; it needs the approval of: %s", grant.id(), names(desk.missingApprovals(grant)));
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "A provider's approval; with the last one the grant flows.")
    void approve(
            @Mixin Subject subject,
            @Option(
                            names = "--agency",
                            required = true,
                            paramLabel = "AGENCY",
                            description = "The provider that approves.")
                    String agency,
            @Mixin Actor actor)
            throws IOException {
        GrantDesk desk = Beside.find(subject.place.data).desk();
        Grant grant = desk.approve(subject.id, agency, actor.by);
        say(
                "%s is %s%s",
                grant.id(),
                grant.status().word(),
                desk.missingApprovals(grant).isEmpty() ? "" : "; still needed: " + names(desk.missingApprovals(grant)));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Cuts a grant off at once, and waits until nothing of it can follow.")
    void suspend(
            @Mixin Subject subject,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record.")
                    String reason,
            @Mixin Actor actor)
            throws IOException {
        GrantDesk desk = Beside.find(subject.place.data).desk();
        cut(desk, desk.suspend(subject.id, actor.by, reason));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets a suspended grant flow again, in a new epoch.")
    void resume(
            @Mixin Subject subject,
            @Option(
                            names = "--reason",
                            defaultValue = "resumed",
                            paramLabel = "TEXT",
                            description = "Why; put on record.")
                    String reason,
            @Mixin Actor actor)
            throws IOException {
        Grant grant = Beside.find(subject.place.data).desk().resume(subject.id, actor.by, reason);
        String topic = grant.verifies() ? "" : ", topic " + grant.topic();
        say("%s is %s: epoch %d%s", grant.id(), grant.status().word(), grant.epoch(), topic);
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends a grant for good.")
    void end(
            @Mixin Subject subject,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record.")
                    String reason,
            @Mixin Actor actor)
            throws IOException {
        GrantDesk desk = Beside.find(subject.place.data).desk();
        cut(desk, desk.end(subject.id, actor.by, reason));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "The applicant takes a grant back, whether it flows or not.")
    void withdraw(
            @Mixin Subject subject,
            @Option(
                            names = "--agency",
                            required = true,
                            paramLabel = "AGENCY",
                            description = "Whose application it is: the consumer.")
                    String agency,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record.")
                    String reason,
            @Mixin Actor actor)
            throws IOException {
        GrantDesk desk = Beside.find(subject.place.data).desk();
        cut(desk, desk.withdraw(subject.id, agency, actor.by, reason));
    }

    @Command(mixinStandardHelpOptions = true, description = "All of a grant, what it lacks, and what can come next.")
    void show(@Mixin Subject subject) throws IOException {
        Beside beside = Beside.find(subject.place.data);
        GrantDesk desk = beside.desk();
        Grant grant = known(desk, subject.id);
        GrantFindings findings = desk.findings(grant);
        boolean waits =
                grant.status() == Grant.Status.FILED && findings.refused().isEmpty();
        Collection<String> waiting = waits ? desk.missingApprovals(grant) : List.<String>of();
        GrantText.of(beside.plan(), grant, findings, waiting).forEach(line -> say("%s", line));
        DeliveryText.of(StatusFile.path(subject.place.data), grant.id()).forEach(line -> say("%s", line));
    }

    @Command(mixinStandardHelpOptions = true, description = "All grants, as they stand.")
    void list(@Mixin Place place) throws IOException {
        Collection<Grant> grants = Beside.find(place.data).desk().list().values();
        say("%-15s %-20s %5s  %-16s %-18s %s", "状态 status", "grant", "epoch", "consumer", "table", "until");
        grants.forEach(grant -> say(
                "%-15s %-20s %5d  %-16s %-18s %s",
                GrantWords.status(grant.status()),
                grant.id(),
                grant.epoch(),
                grant.consumer(),
                grant.table(),
                grant.terms().ends() ? grant.until() : ""));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Writes the consumer's client settings to files that their owner alone can read: .properties for Kafka's own tools,",
                ".conf for kcat. Says which topic they read. The password is in the files and is not printed."
            })
    void access(@Mixin Subject subject) throws IOException {
        Beside beside = Beside.find(subject.place.data);
        Grant grant = known(beside.desk(), subject.id);
        if (grant.verifies()) {
            throw new CommandFailedException(grant.id() + " only verifies and has no topic: ask at "
                    + beside.running().api() + " with a token, see ./tongdao token issue --help");
        }
        if (!grant.readFromTopic()) {
            throw new CommandFailedException(grant.id() + " delivers files only: pick them up at "
                    + beside.running().api()
                    + " with a token, see ./tongdao token issue --help and ./tongdao grant files");
        }
        say("topic     %s", grant.topic());
        say("registry  %s", beside.running().registry());
        for (ClientFile form : ClientFile.values()) {
            say("settings  %s", form.write(beside, grant.principal()));
        }
        say("group     %s, or %s.<name>", grant.principal(), grant.principal());
    }

    static Grant known(GrantDesk desk, String id) {
        Grant grant = desk.list().get(id);
        if (grant == null) {
            throw new CommandFailedException("there is no grant " + id + "; see ./tongdao grant list");
        }
        return grant;
    }

    private void cut(GrantDesk desk, Grant grant) {
        if (!desk.awaitCut(grant.id(), CUT)) {
            throw new CommandFailedException(
                    grant.id() + " is " + grant.status().word()
                            + ", its reader's right is gone, but not all release tasks have acknowledged: see ./tongdao status");
        }
        say("%s is %s: nothing of it can follow", grant.id(), grant.status().word());
    }

    private static String names(Collection<String> agencies) {
        return agencies.isEmpty() ? "nobody" : String.join(", ", agencies);
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
