package io.tongdao.ops.cli;

import io.tongdao.ops.api.ApiToken;
import io.tongdao.ops.api.Role;
import io.tongdao.ops.api.TokenDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao token}: who may use the HTTP API as whom. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        header = "接口令牌: issue, list, revoke tokens of the HTTP API.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "A token is one person's or system's, in one role, for a time. It is printed once, on standard output, and kept nowhere:",
            "only its digest is in ctl.token. Needs a running exchange on --data."
        })
final class TokenCommand implements Runnable {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(mixinStandardHelpOptions = true, description = "Issues a token and prints it, this once.")
    void issue(
            @Mixin Place place,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "One of: ${COMPLETION-CANDIDATES}.")
                    Role role,
            @Option(
                            names = "--agency",
                            defaultValue = "",
                            paramLabel = "AGENCY",
                            description = "For whom a provider or consumer acts.")
                    String agency,
            @Option(
                            names = "--person",
                            required = true,
                            paramLabel = "NAME",
                            description = "Who uses it; put on record of what is done with it.")
                    String person,
            @Option(
                            names = "--days",
                            defaultValue = "90",
                            paramLabel = "N",
                            description = "For how long it is good, up to 366. Default: ${DEFAULT-VALUE}.")
                    int days,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who issues it; put on record.")
                    String by)
            throws IOException {
        TokenDesk.Issued issued =
                Beside.find(place.data).tokenDesk().issue(role, agency, person, Duration.ofDays(days), by);
        spec.commandLine()
                .getErr()
                .printf(
                        "令牌 token %s, %s %s %s, 有效至 until %s. It is shown this once:%n",
                        issued.token().id(),
                        role.word(),
                        agency,
                        person,
                        day(issued.token().expires()));
        spec.commandLine().getErr().flush();
        say("%s", issued.text());
    }

    @Command(mixinStandardHelpOptions = true, description = "All tokens, without what is secret of them.")
    void list(@Mixin Place place) throws IOException {
        say("%-16s  %-10s %-18s %-12s %-12s %-10s %s", "token", "role", "agency", "person", "有效至 until", "状态", "签发 by");
        for (ApiToken token : Beside.find(place.data).tokenDesk().list()) {
            say(
                    "%-16s  %-10s %-18s %-12s %-12s %-10s %s",
                    token.id(),
                    token.role().word(),
                    token.agency(),
                    token.person(),
                    day(token.expires()),
                    state(token),
                    token.issuedBy());
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes a token back; it counts within a second.")
    void revoke(
            @Mixin Place place,
            @Parameters(paramLabel = "TOKEN", description = "Its id, see list.") String id,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who revokes it.") String by,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; put on record.")
                    String reason)
            throws IOException {
        ApiToken token = Beside.find(place.data).tokenDesk().revoke(id, by, reason);
        say("%s 已吊销 revoked", token.id());
    }

    private static String state(ApiToken token) {
        if (token.revoked() != null) {
            return "已吊销 revoked";
        }
        return token.inForce(Instant.now()) ? "有效 in force" : "已过期 expired";
    }

    private static String day(Instant at) {
        return at.atZone(CHINA).toLocalDate().toString();
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
