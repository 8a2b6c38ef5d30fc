package io.tongdao.ops.cli;

import io.tongdao.contract.witness.Access;
import io.tongdao.ops.exchange.EmbeddedKeys;
import io.tongdao.ops.explain.AccessRecords;
import io.tongdao.ops.explain.ExplainDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao access}. */
@Command(
        name = "access",
        mixinStandardHelpOptions = true,
        header =
                "查阅留痕: who asked to see what is known of somebody, or what was released of him, when, why, and how much was shown.",
        description = {
            "An agency sees what was asked in its name, authority@<division> what its agencies and itself asked, authority everything.",
            "Refused questions stand there too. A subject stands there as a token: with --subject, give its identifier on standard",
            "input, and only what was asked about it is told."
        })
final class AccessCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Mixin
    private Place place = new Place();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "WHO",
            description = "An agency's id, authority, or authority@530100.")
    private String who = "";

    @Option(names = "--case", defaultValue = "", paramLabel = "NUMBER", description = "Only for this case.")
    private String caseNumber = "";

    @Option(names = "--since", paramLabel = "DATE", description = "Only from this day on, as 2026-11-30, China's time.")
    private @Nullable LocalDate since;

    @Option(names = "--refused", description = "Only what was refused.")
    private boolean refused;

    @Option(names = "--subject", description = "Only about one subject, asked for or read from standard input.")
    private boolean subject;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Beside beside = Beside.find(place.data);
        AccessRecords records = new AccessRecords(beside.plan(), who);
        Stream<Access> wanted = records.read(beside.adminClient()).stream()
                .filter(one -> caseNumber.isEmpty() || caseNumber.equals(one.caseNumber()))
                .filter(one -> !refused || one.refused() != null)
                .filter(one -> !one.at().isBefore(from()));
        if (subject) {
            String token = token(beside);
            wanted = wanted.filter(one -> one.subject().equals(token));
        }
        print(wanted.toList());
        return 0;
    }

    private Instant from() {
        return since == null ? Instant.EPOCH : since.atStartOfDay(CHINA).toInstant();
    }

    private String token(Beside beside) throws IOException {
        String asked = SubjectInput.asked(spec.commandLine().getErr());
        return AccessRecords.token(ExplainDesk.tokens(EmbeddedKeys.accesses(beside.data())), asked)
                .orElseThrow(() -> new CommandFailedException(
                        Main.USAGE,
                        "标识不合规 what was given is no identifier: a citizen number, a credit code, or a key as"
                                + " passport:FRA:12AB34567"));
    }

    private void print(List<Access> found) {
        PrintWriter out = spec.commandLine().getOut();
        found.forEach(one -> {
            out.printf(
                    "%s  %s  经办 %s  %s  案号 %s  %s%n",
                    one.at().atZone(CHINA).toLocalDateTime().withNano(0),
                    one.who(),
                    one.by(),
                    shown(one),
                    one.caseNumber() == null ? "无" : one.caseNumber(),
                    one.subject().isEmpty() ? "主体 无" : "主体 " + one.subject());
            out.printf("    %s  事由 %s%n", act(one), one.reason());
        });
        out.printf("%d%n", found.size());
        out.flush();
    }

    private static String act(Access access) {
        return access.act().equals(Access.LEDGER) ? "提供留痕 ledger" : "溯源说明 explain";
    }

    private static String shown(Access access) {
        return switch (access.extent()) {
            case "whole" -> "全部 whole";
            case "own" -> "本单位 own";
            default -> "未予查看 " + access.refused();
        };
    }
}
