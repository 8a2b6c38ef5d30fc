package io.tongdao.ops.cli;

import io.tongdao.ops.ledger.LedgerAnswer;
import io.tongdao.ops.ledger.LedgerQuestion;
import io.tongdao.ops.ledger.LedgerStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao ledger}. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        header = "提供留痕: who received which data, under which grant, when and how much (art. 28, 35).",
        description = {
            "A data subject (本人) sees who received its data: consumer, purpose, items, the first and the last time, how often. A",
            "provider sees how much of its data went to whom, and no subjects. The authority sees all of that; of one subject",
            "only for a case. Every question is put on record (audit.access) before anything is shown, refused ones too.",
            "",
            "With --subject the identifier is asked for, or read from standard input: a command line is kept by the shell and",
            "seen by others. Nobody's identity is checked here: --as subject is for the one who has checked it.",
            "",
            "Entries come a second after the release, minutes when they are over; each is counted once, whatever is killed."
        })
final class LedgerCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** How an answer is written. */
    enum Form {
        TEXT,
        JSON
    }

    @Mixin
    private Place place = new Place();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "WHO",
            description = {
                "subject: the data subject itself, with --subject. An agency's id: what went to whom of the data that it",
                "provides. authority: everything; authority@530100: of what the agencies of a division provide."
            })
    private String who = "";

    @Option(names = "--subject", description = "Of one subject, asked for or read from standard input.")
    private boolean subject;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record. No value.")
    private String reason = "";

    @Option(
            names = "--case",
            defaultValue = "",
            paramLabel = "NUMBER",
            description = "The case that it is for; put on record. The authority must name one with --subject.")
    private String caseNumber = "";

    @Option(
            names = "--by",
            defaultValue = "${sys:user.name}",
            paramLabel = "NAME",
            description = "Who acts; put on record. Default: the user of this machine.")
    private String by = "";

    @Option(
            names = "--each",
            defaultValue = "day",
            paramLabel = "STEP",
            description = "Without --subject: told by minute, hour or day. Default: day")
    private LedgerStep step = LedgerStep.DAY;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Without --subject: only from this day on, as 2026-11-30, China's time.")
    private @Nullable LocalDate since;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORM",
            description = "text or json (one entry a line). Default: text")
    private Form form = Form.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Beside beside = Beside.find(place.data);
        String asked = subject ? SubjectInput.asked(spec.commandLine().getErr()) : null;
        Instant from = since == null ? Instant.EPOCH : since.atStartOfDay(CHINA).toInstant();
        LedgerAnswer answer =
                beside.ledgerDesk().ask(new LedgerQuestion(asked, who, by, reason, caseNumber), step, from);
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case TEXT -> new LedgerText(out, beside.plan()).print(answer);
            case JSON -> new LedgerJson(out).print(answer);
        }
        return 0;
    }
}
