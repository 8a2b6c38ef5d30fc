package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.ops.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The command line beside an exchange that runs in this process. */
public final class Commands {
    private final WholeExchange whole;

    Commands(WholeExchange whole) {
        this.whole = whole;
    }

    /** What a command said, and how it ended. */
    public record Said(int exit, String out, String err) {}

    /** One that must end well; what it said. */
    String tongdao(String... arguments) {
        Said said = run(arguments);
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out();
    }

    /** The same for one who types a subject when asked for it. */
    Said typed(String subject, String... arguments) {
        InputStream console = System.in;
        System.setIn(new ByteArrayInputStream((subject + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(console);
        }
    }

    Said run(String... arguments) {
        List<String> args = new ArrayList<>(List.of(arguments));
        args.addAll(List.of("--data", whole.data().root().toString()));
        return execute(args);
    }

    /** The same beside nothing. */
    public static Said execute(List<String> args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        int exit = commands.execute(args.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }
}
