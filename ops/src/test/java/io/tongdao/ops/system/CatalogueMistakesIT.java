package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.ops.OneExchange;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue with ten mistakes, given to the command line: ten messages at once, exit code 2, and nothing is started. */
@OneExchange
class CatalogueMistakesIT {
    private static final String TEN_MISTAKES = "../avro/src/test/resources/catalogue/ten-mistakes";
    /** File and line, what is wrong, and after a colon, a semicolon or an or: what to do. */
    private static final Pattern MESSAGE = Pattern.compile("[^ :]+\\.(yaml|csv):[1-9][0-9]*: .+(: |; |, or ).+");

    @TempDir
    Path dir;

    private record Answer(int exitCode, List<String> out, List<String> err) {}

    @Test
    void checkTellsEveryMistakeWithFileLineAndRemedy() throws Exception {
        // When
        Answer answer = tongdao("check", TEN_MISTAKES);
        // Then
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(messages(answer)).hasSize(10).doesNotHaveDuplicates();
        assertThat(answer.err()).hasSize(11).last().asString().contains("10 problems", "nothing was started");
    }

    @Test
    void demoStartsNothingWithSuchACatalogue() throws Exception {
        // Given
        Path data = dir.resolve("data");
        // When
        Answer answer = tongdao("demo", "--catalogue", TEN_MISTAKES, "--data", data.toString(), "--people", "100");
        // Then
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(messages(answer)).hasSize(10);
        assertThat(data).doesNotExist();
    }

    @Test
    void aSoundCatalogueIsExplained() throws Exception {
        // When
        Answer answer = tongdao("check", "catalogue");
        // Then
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).anyMatch(line -> line.contains("src.ga.household_population"));
    }

    private static List<String> messages(Answer answer) {
        return answer.err().stream().filter(MESSAGE.asMatchPredicate()).toList();
    }

    /** The command line as a process of its own, as the launcher starts it. */
    private Answer tongdao(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dtongdao.home=.."));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.tongdao.ops.cli.Main"));
        command.addAll(List.of(arguments));
        File out = Files.createTempFile(dir, "out", "").toFile();
        File err = Files.createTempFile(dir, "err", "").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
        return new Answer(process.waitFor(), lines(out), lines(err));
    }

    private static List<String> lines(File file) throws IOException {
        return Files.readAllLines(file.toPath(), StandardCharsets.UTF_8);
    }
}
