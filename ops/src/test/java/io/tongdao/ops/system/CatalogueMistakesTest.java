package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.ops.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A catalogue with ten mistakes gives ten messages in one run, and nothing is started. */
class CatalogueMistakesTest {
    private static final Path MISTAKES = Path.of("../avro/src/test/resources/catalogue/ten-mistakes");

    @Test
    void checkTellsAllTen() {
        // Given
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine().setErr(new PrintWriter(err, true));

        // When
        int exit = commands.execute("check", MISTAKES.toString());

        // Then
        assertThat(exit).isEqualTo(Main.USAGE);
        assertThat(problems(err)).hasSize(10).allMatch(line -> line.matches(".+:\\d+: .+"));
    }

    @Test
    void demoStartsNothing(@TempDir Path work) {
        // Given
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine().setErr(new PrintWriter(err, true));
        Path data = work.resolve("data");

        // When
        int exit = commands.execute("demo", "--catalogue", MISTAKES.toString(), "--data", data.toString());

        // Then
        assertThat(exit).isEqualTo(Main.USAGE);
        assertThat(problems(err)).hasSize(10);
        assertThat(data).doesNotExist();
    }

    private static List<String> problems(StringWriter err) {
        return err.toString()
                .lines()
                .filter(line -> line.contains("ten-mistakes"))
                .toList();
    }
}
