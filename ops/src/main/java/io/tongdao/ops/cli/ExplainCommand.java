package io.tongdao.ops.cli;

import io.tongdao.ops.explain.Question;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        header =
                "溯源说明: where each item of a golden record comes from, what contradicts it, since when, and what it was before.",
        description = {
            "A provider sees what it says itself, what of that is disputed and addressed to it, and what it said before. The authority"
                    + " sees, for a case,",
            "the golden record with source, time and rule of each item, the other claims, discrepancies and the history of changes.",
            "Every question is put on record (audit.access) before anything is shown, refused ones too; the subject stands there as a token.",
            "",
            "Leave SUBJECT out to be asked for it, or give it on standard input: a command line is kept by the shell and seen by others."
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private Place place = new Place();

    // Any number, so that no message of the parser's can quote one.
    @Parameters(
            paramLabel = "SUBJECT",
            arity = "0..*",
            description = {
                "A citizen number, a credit code, or the key of another document or thing: passport:FRA:12AB34567.",
                "Left out, or -: asked for, or read from standard input."
            })
    private List<String> subject = List.of();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "WHO",
            description = {
                "An agency's id: what it says itself. authority: everything, with --case; authority@530100: what the",
                "agencies of a division say, with --case."
            })
    private String who = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record. No value.")
    private String reason = "";

    @Option(
            names = "--case",
            defaultValue = "",
            paramLabel = "NUMBER",
            description = "The case that it is for; put on record. The authority must name one.")
    private String caseNumber = "";

    @Option(
            names = "--by",
            defaultValue = "${sys:user.name}",
            paramLabel = "NAME",
            description = "Who acts; put on record. Default: the user of this machine.")
    private String by = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (subject.size() > 1) {
            throw new CommandFailedException(Main.USAGE, "give one SUBJECT, or none to be asked for it");
        }
        Beside beside = Beside.find(place.data);
        Question question = new Question(asked(), who, by, reason, caseNumber);
        var answer = beside.explainDesk().ask(question);
        new ExplainText(spec.commandLine().getOut(), beside.plan()).print(answer);
        return 0;
    }

    private String asked() throws IOException {
        boolean given = subject.size() == 1 && !subject.getFirst().equals("-");
        return given
                ? subject.getFirst()
                : SubjectInput.asked(spec.commandLine().getErr());
    }
}
