package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingTest {
    private static final long MOST_MIB = 600;

    @TempDir
    Path folder;

    /** Five million rows: held anywhere, in the heap or outside, they would take a gigabyte. */
    @Test
    void aResultMayBeLargerThanTheMemoryOfWhoPrintsIt() throws Exception {
        // Given
        String sql = "select range, repeat('x', 200) || range as wide from range(5000000)";
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StreamedRows.class.getName(),
                folder.toString(),
                sql);

        // When
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).isZero();
        String[] figures = said.strip()
                .lines()
                .reduce((before, line) -> line)
                .orElseThrow()
                .split(" ");
        assertThat(figures[0]).isEqualTo("5000000");
        assertThat(Long.parseLong(figures[1]) / 1024).as("MiB at most").isLessThan(MOST_MIB);
    }
}
