package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.provision.GrantDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao grant}: the life of a grant (art. 26, 29-36). */
@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        header = "File, approve, suspend, resume, end, list grants.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Decides who may read what: file, approve, suspend, resume, end, list. Needs a running exchange on --data.",
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
            description = "Files an application from a YAML file (see ops/catalogue/grants).")
    void file(@Parameters(paramLabel = "FILE") Path file, @Mixin Place place, @Mixin Actor actor) throws IOException {
        GrantDesk desk = Beside.find(place.data).desk();
        Grant grant = desk.file(file, actor.by);
        say("filed %s; it needs the approval of: %s", grant.id(), names(desk.missingApprovals(grant)));
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
    void resume(@Mixin Subject subject, @Mixin Actor actor) throws IOException {
        Grant grant = Beside.find(subject.place.data).desk().resume(subject.id, actor.by);
        say("%s is %s: epoch %d, topic %s", grant.id(), grant.status().word(), grant.epoch(), grant.topic());
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

    @Command(mixinStandardHelpOptions = true, description = "All grants, as they stand.")
    void list(@Mixin Place place) throws IOException {
        Collection<Grant> grants = Beside.find(place.data).desk().list().values();
        say("%-20s %-10s %5s  %-16s %-18s %s", "grant", "status", "epoch", "consumer", "table", "until");
        grants.forEach(grant -> say(
                "%-20s %-10s %5d  %-16s %-18s %s",
                grant.id(), grant.status().word(), grant.epoch(), grant.consumer(), grant.table(), grant.until()));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Writes the consumer's client settings to files that their owner alone can read: .properties for Kafka's own tools,",
                ".conf for kcat. Says which topic they read. The password is in the files and is not printed."
            })
    void access(@Mixin Subject subject) throws IOException {
        Beside beside = Beside.find(subject.place.data);
        Grant grant = beside.desk().list().get(subject.id);
        if (grant == null) {
            throw new CommandFailedException("there is no grant " + subject.id + "; see ./tongdao grant list");
        }
        say("topic     %s", grant.topic());
        say("registry  %s", beside.running().registry());
        for (ClientFile form : ClientFile.values()) {
            say("settings  %s", form.write(beside, grant.principal()));
        }
        say("group     %s, or %s.<name>", grant.principal(), grant.principal());
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
