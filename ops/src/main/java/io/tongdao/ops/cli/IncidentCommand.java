package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.grant.GrantTerms;
import io.tongdao.contract.incident.Incident;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.ops.incident.Certificate;
import io.tongdao.ops.incident.Destruction;
import io.tongdao.ops.incident.IncidentDesk;
import io.tongdao.ops.incident.IncidentText;
import io.tongdao.ops.incident.KeyCopy;
import io.tongdao.ops.incident.SealedRows;
import io.tongdao.ops.incident.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao incident}: emergencies and what becomes of their data (art. 27). */
@Command(
        name = "incident",
        mixinStandardHelpOptions = true,
        header = "应急: open, close, assess, seal, destroy incidents; their keys and certificates.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "突发事件 (art. 27). Under an incident that is open, emergency grants flow and datasets with collected_under are collected,",
            "all sealed by the incident's own key (SM4-GCM). Closing shuts all of it at once; then it is assessed, and sealed or",
            "destroyed. Destroying gives a certificate that lists and proves each thing removed. Needs a running exchange on --data."
        })
final class IncidentCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Who decides, and why. */
    static final class Decision {
        @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decides; put on record.")
        private String by = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record.")
        private String reason = "";
    }

    /** The incident that a step is about. */
    static final class Subject {
        @Parameters(index = "0", paramLabel = "ID", description = "The incident's id, 2026-quake-3.")
        private String id = "";

        @Mixin
        private Place place = new Place();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(mixinStandardHelpOptions = true, description = "Opens an incident and makes its key.")
    void open(
            @Mixin Subject subject,
            @Option(names = "--name", required = true, paramLabel = "TEXT", description = "What officials call it.")
                    String name,
            @Option(
                            names = "--division",
                            required = true,
                            paramLabel = "CODE",
                            description = "Whose authority leads the response, 530000.")
                    String division,
            @Option(
                            names = "--basis",
                            required = true,
                            paramLabel = "TEXT",
                            description = "The law or plan that it was declared by.")
                    String basis,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "DATE",
                            description = "The last day on which anything may flow for it.")
                    LocalDate until,
            @Mixin Decision decision)
            throws IOException {
        var declared =
                new IncidentDesk.Declared(subject.id, name, division, basis, GrantTerms.begin(until.plusDays(1)));
        desk(subject).open(declared, decision.by, decision.reason);
        say("突发事件已启动 incident %s is open until the end of %s", subject.id, until);
    }

    @Command(mixinStandardHelpOptions = true, description = "All incidents, as they stand.")
    void list(@Mixin Place place) throws IOException {
        IncidentText.list(Beside.find(place.data)
                        .incidentDesk()
                        .list()
                        .incidents()
                        .values())
                .forEach(line -> say("%s", line));
    }

    @Command(mixinStandardHelpOptions = true, description = "All of an incident: its life, datasets, grants, key.")
    void show(@Mixin Subject subject) throws IOException {
        IncidentText.of(desk(subject).remains(subject.id), desk(subject).keys(subject.id))
                .forEach(line -> say("%s", line));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Shuts its interfaces for good, and waits until nothing can follow: its grants end, what is collected under it is",
                "collected no longer."
            })
    void close(@Mixin Subject subject, @Mixin Decision decision) throws IOException {
        desk(subject).close(subject.id, decision.by, decision.reason);
        say("已关停 %s is closed: nothing flows under it; assess it next", subject.id);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Puts on record what was found in it (分类评估), and so what is to become of it.")
    void assess(
            @Mixin Subject subject,
            @Option(
                            names = "--findings",
                            required = true,
                            paramLabel = "TEXT",
                            description =
                                    "State secrets, privacy, personal information, trade secrets: which there are, and what is to become of them.")
                    String findings,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who assessed; put on record.")
                    String by)
            throws IOException {
        desk(subject).assess(subject.id, by, findings);
        say("已评估 %s is assessed: seal or destroy it next", subject.id);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Keeps the data and lets nobody read it (封存): the incident's key is locked, and what unlocks it is written to a",
                "file that is for the authority to keep elsewhere. Without that file it can never be opened again."
            })
    void seal(
            @Mixin Subject subject,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "FILE",
                            description = "A new file for what unlocks it; readable by its owner alone.")
                    Path unlocking,
            @Option(names = "--yes", description = "Confirms it.") boolean yes,
            @Mixin Decision decision)
            throws IOException {
        if (!yes) {
            say("sealing %s locks its key away; what unlocks it will be in %s alone", subject.id, unlocking);
            throw new CommandFailedException(
                    "nothing was sealed; to confirm: the same with --yes. See ./tongdao incident show " + subject.id);
        }
        desk(subject).seal(subject.id, decision.by, decision.reason, unlocking);
        say("已封存 %s is sealed; keep %s elsewhere, and take it away from here", subject.id, unlocking);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "By a decision, gives the key of a sealed incident back; it is to be assessed anew.")
    void unseal(
            @Mixin Subject subject,
            @Option(names = "--key", required = true, paramLabel = "FILE", description = "The file that sealing wrote.")
                    Path unlocking,
            @Mixin Decision decision)
            throws IOException {
        desk(subject).unseal(subject.id, decision.by, decision.reason, unlocking);
        say("已解封 %s is unsealed: assess it again", subject.id);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Writes a copy of the key for a consumer, to a file that its owner alone can read. It opens what the consumer's",
                "emergency grants release (ops/docs/consumer.md). Each copy is on record, and on the certificate."
            })
    void key(
            @Mixin Subject subject,
            @Parameters(index = "1", paramLabel = "AGENCY", description = "The consumer that it is for.") String agency,
            @Option(names = "--to", required = true, paramLabel = "FILE", description = "A new file.") Path file,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decides; put on record.")
                    String by)
            throws IOException {
        desk(subject).hand(subject.id, agency, by, file);
        say("the key of %s for %s is in %s: hand it over safely, and delete it here", subject.id, agency, file);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "As the consumer, opens what an emergency grant releases: every current row, one JSON a line.")
    void read(
            @Parameters(paramLabel = "GRANT", description = "The emergency grant's id.") String id,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The consumer's copy of the key.")
                    Path key,
            @Mixin Place place)
            throws IOException {
        Beside beside = Beside.find(place.data);
        Grant grant = beside.desk().list().get(id);
        if (grant == null || !grant.sealed() || !GrantLife.flows(grant.status())) {
            throw new CommandFailedException(
                    "there is no emergency grant " + id + " that flows; see ./tongdao grant list");
        }
        new SealedRows(beside.plan(), grant, beside.wire(), KeyCopy.read(key).seal())
                .read(beside.client(grant.principal()))
                .forEach(row -> say("%s", row));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Destroys all of it (销毁): the key, topics, state and changelogs, tables with snapshots and files, delivered files.",
                "Without --yes it says what would be removed. The order is on record, and obeyed also if the exchange is stopped or",
                "killed in between. At the end there is a certificate."
            })
    void destroy(
            @Mixin Subject subject,
            @Option(names = "--yes", description = "Confirms it.") boolean yes,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "180",
                            description = "How long to wait for the certificate; default ${DEFAULT-VALUE}.")
                    int wait,
            @Mixin Decision decision)
            throws IOException {
        Beside beside = Beside.find(subject.place.data);
        IncidentDesk desk = beside.incidentDesk();
        if (!yes) {
            preview(beside, desk.remains(subject.id));
            desk.inTheWay(subject.id).forEach(line -> say("先决条件 first: %s", line));
            throw new CommandFailedException("nothing was destroyed; to confirm: the same with --yes");
        }
        desk.destroy(subject.id, decision.by, decision.reason);
        if (!desk.awaitDestroyed(subject.id, Duration.ofSeconds(wait))) {
            throw new CommandFailedException(subject.id + " is not destroyed within " + wait
                    + " s and goes on: see ./tongdao incident show " + subject.id);
        }
        certificate(beside, subject.id).text().forEach(line -> say("%s", line));
    }

    private void preview(Beside beside, Traces.Remains remains) throws IOException {
        say("销毁将删除 destroying %s removes", remains.incident().id());
        try (LakeCatalog lake = LakeCatalog.embedded(beside.data().root());
                Traces traces = beside.traces(lake)) {
            new Destruction(traces, InstantSource.system()).preview(remains).forEach(line -> say("  %s", line));
        }
        say("and can't be undone. What consumers copied, source tables and backups are not within reach.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows the certificate of a destroyed incident, and looks again whether all of it is gone.")
    void certificate(@Mixin Subject subject) throws IOException {
        Beside beside = Beside.find(subject.place.data);
        certificate(beside, subject.id).text().forEach(line -> say("%s", line));
        List<String> back;
        try (LakeCatalog lake = LakeCatalog.embedded(beside.data().root());
                Traces traces = beside.traces(lake)) {
            back = new Destruction(traces, InstantSource.system())
                    .recheck(beside.incidentDesk().remains(subject.id));
        }
        if (!back.isEmpty()) {
            throw new CommandFailedException("复核不符 not gone: " + String.join("; ", back));
        }
        say("复核相符 looked at again now: all of it is gone (states of tasks were proven when it was destroyed)");
    }

    private static Certificate certificate(Beside beside, String id) {
        Incident incident = beside.incidentDesk().known(id);
        return Certificate.find(beside.data(), id)
                .orElseThrow(() -> new CommandFailedException("incident " + id + " is "
                        + incident.state().word()
                        + " and has no certificate: one comes with ./tongdao incident destroy "
                        + id));
    }

    private static IncidentDesk desk(Subject subject) throws IOException {
        return Beside.find(subject.place.data).incidentDesk();
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
