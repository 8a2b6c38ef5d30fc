package io.tongdao.ops.cli;

import io.tongdao.contract.change.Change;
import io.tongdao.contract.change.Confirmation;
import io.tongdao.contract.change.GrantEffect;
import io.tongdao.contract.change.PlanDiff;
import io.tongdao.contract.change.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A change of the catalogue as a person reads it: the gravest first, and at the end what it needs. */
final class DiffText {
    private static final List<Severity> ORDER =
            List.of(Severity.REFUSED, Severity.CONFIRM, Severity.REBUILD, Severity.RESTART, Severity.FREE);
    private final PlanDiff diff;
    private final PrintWriter out;

    DiffText(PlanDiff diff, PrintWriter out) {
        this.diff = diff;
        this.out = out;
    }

    void print() {
        for (Severity severity : ORDER) {
            List<Change> changes = diff.changes().stream()
                    .filter(change -> change.severity() == severity)
                    .toList();
            if (!changes.isEmpty()) {
                out.printf("%s %s: %d%n", severity.word(), title(severity), changes.size());
                changes.forEach(this::line);
                out.println();
            }
        }
        needs();
        out.flush();
    }

    private static String title(Severity severity) {
        return switch (severity) {
            case REFUSED -> "不可, can't be carried out on this exchange";
            case CONFIRM -> "须确认, discloses more or gives something up";
            case REBUILD -> "重建, built anew while all else goes on";
            case RESTART -> "重启, pauses for seconds";
            case FREE -> "直接, without any pause";
        };
    }

    private void line(Change change) {
        String article = change.article().isEmpty() ? "" : " (" + change.article() + ")";
        String confirm =
                change.confirmation().map(word -> "  --confirm " + word.word()).orElse("");
        out.printf("  %s: %s%s%s%n", change.subject(), change.text(), article, confirm);
    }

    private void needs() {
        Set<Confirmation> confirmations = diff.confirmations();
        if (!diff.refusals().isEmpty()) {
            out.printf("It can't be applied.%n");
            return;
        }
        String confirm = confirmations.isEmpty()
                ? ""
                : " --confirm " + confirmations.stream().map(Confirmation::word).collect(Collectors.joining(","));
        boolean restricts = diff.grants().stream().anyMatch(GrantEffect::restricts);
        String references = restricts ? " --consultation REF --filing REF" : "";
        if (!confirm.isEmpty() || !references.isEmpty()) {
            out.printf("To apply it:%s%s%n", confirm, references);
        }
    }
}
