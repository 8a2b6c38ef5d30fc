package io.tongdao.ops.cli;

import io.tongdao.collect.CollectException;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.lakehouse.query.QueryRefused;
import io.tongdao.ops.api.TokenRefused;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.explain.ExplainFailed;
import io.tongdao.ops.explain.ExplainRefused;
import io.tongdao.ops.files.FilesRefused;
import io.tongdao.ops.incident.IncidentRefused;
import io.tongdao.ops.keys.KeyRefused;
import io.tongdao.ops.ledger.LedgerRefused;
import io.tongdao.ops.opening.OpenRefused;
import io.tongdao.ops.province.OtherProvinceException;
import io.tongdao.ops.provision.ApplyRefused;
import io.tongdao.ops.provision.DisputeRefused;
import io.tongdao.ops.provision.GrantRefused;
import io.tongdao.ops.provision.ProtectRefused;
import io.tongdao.ops.query.QueryUnanswered;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * {@code ./tongdao}: the commands. Exit codes: 0 done, 1 failed, 2 wrong usage or a catalogue with mistakes, 3 a check of the demo does
 * not hold.
 */
@Command(
        name = "tongdao",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Tongdao 通道: the unified channel of a province's public data.",
        footer = {
            "",
            "Begin with:  ./tongdao demo      the sample province end to end, verified, about two minutes",
            "then:        ./tongdao up        the same, and stays; status, grant and query work beside it",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or catalogue with mistakes, 3 a check does not hold."
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            CheckCommand.class,
            WorkdaysCommand.class,
            CatalogueCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            GrantCommand.class,
            KeyCommand.class,
            CollectCommand.class,
            RejectCommand.class,
            QualityCommand.class,
            DiscrepancyCommand.class,
            ObjectionCommand.class,
            RulingCommand.class,
            ReviewCommand.class,
            ExplainCommand.class,
            LedgerCommand.class,
            AccessCommand.class,
            TokenCommand.class,
            VerifyCommand.class,
            ProtectCommand.class,
            IncidentCommand.class,
            OpenCommand.class,
            QueryCommand.class,
            StatusCommand.class,
            ResetCommand.class,
            BenchCommand.class,
            HelpCommand.class
        })
public final class Main {
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_RIGHT = 3;

    /** The console's own error stream: {@link Quiet} sends what libraries print there to the log. */
    private static final PrintStream CONSOLE = System.err;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The commands, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Main());
        commands.setErr(new PrintWriter(CONSOLE, true, StandardCharsets.UTF_8));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler(Main::report);
        return commands;
    }

    /** One clear line; the stack of what nobody expected goes to the log. */
    private static int report(Exception e, CommandLine command, CommandLine.ParseResult args) {
        if (e instanceof CatalogueRefused refused) {
            refused.problems().forEach(command.getErr()::println);
            command.getErr()
                    .printf(
                            "%d problems in the catalogue; nothing was started%n",
                            refused.problems().size());
            return USAGE;
        }
        if (e instanceof ApplyRefused refused) {
            refused.reasons().forEach(reason -> command.getErr().println("tongdao: " + reason));
            command.getErr().println("tongdao: nothing has changed");
            return USAGE;
        }
        if (Kind.expected(e)) {
            command.getErr().println("tongdao: " + e.getMessage());
        } else {
            LoggerFactory.getLogger(Main.class).error("command failed", e);
            command.getErr().println("tongdao: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            command.getErr().println("tongdao: this is a defect; the stack is in the log under --data/logs");
        }
        return e instanceof CommandFailedException failed ? failed.exitCode() : FAILED;
    }

    /** Errors that say themselves what to do. */
    private static final class Kind {
        static boolean expected(Exception e) {
            return e instanceof CommandFailedException
                    || e instanceof StartFailedException
                    || e instanceof CollectException
                    || e instanceof GrantRefused
                    || e instanceof KeyRefused
                    || e instanceof FilesRefused
                    || e instanceof TokenRefused
                    || e instanceof DisputeRefused
                    || e instanceof ExplainRefused
                    || e instanceof ExplainFailed
                    || e instanceof LedgerRefused
                    || e instanceof ProtectRefused
                    || e instanceof OpenRefused
                    || e instanceof IncidentRefused
                    || e instanceof OtherProvinceException
                    || e instanceof QueryUnanswered
                    || e instanceof QueryRefused;
        }
    }

    /** What runs: ours, and the parts that decide formats. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "tongdao 0.1.0-SNAPSHOT",
                "java " + Runtime.version(),
                "kafka " + org.apache.kafka.common.utils.AppInfoParser.getVersion()
            };
        }
    }
}
