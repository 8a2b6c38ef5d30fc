package io.tongdao.ops.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class QueryPromptTest {
    private static final String NUMBER = "530102199003071238";

    @TempDir
    Path folder;

    private Firms firms;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @BeforeEach
    void open() {
        firms = new Firms(folder);
    }

    @AfterEach
    void close() {
        firms.close();
    }

    @Test
    void answersStatementsOfSeveralLinesAndGoesOnAfterAMistake() throws IOException {
        // When
        prompt("select county\nfrom open.firms\nwhere firms = 7;\nselec 1;\n.tables\n.quit\n");

        // Then
        assertThat(shown())
                .contains("as yb", "盘龙区", "(1 row)", " ms", "syntax error at or near \"selec\"", "open.firms");
    }

    @Test
    void theHistoryThatIsKeptHasNoValues() throws IOException {
        // Given
        Path file = folder.resolve("history");

        // When
        prompt("select 1 from open.firms where county = '" + NUMBER + "' or firms = " + NUMBER + " -- " + NUMBER
                + "\n;\n" + "select \"" + NUMBER + "\", 王小明, x" + NUMBER + " from open.firms;\n.quit\n");

        // Then
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .first()
                .isEqualTo("select ? from open.firms where county = ? or firms = ? ;");
        assertThat(file).content().doesNotContain(NUMBER, "王小明");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @Timeout(60)
    void anInterruptEndsTheQueryAndNotThePrompt() throws Exception {
        // Given
        DumbTerminal terminal =
                terminal("select count(*) from range(100000000) a, range(100000) b;\nselect 40 + 2;\n.quit\n");
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(terminal));

        // When
        while (!running.isDone()) {
            TimeUnit.MILLISECONDS.sleep(100);
            if (!shown().contains("cancelled")) {
                terminal.raise(Signal.INT);
            }
        }

        // Then
        assertThat(shown()).contains("tongdao: cancelled", "42");
    }

    @Test
    void completesWhatIsReadableAndNothingElse() {
        // Given
        PromptCompleter completer = new PromptCompleter(firms.lake());

        // When, Then
        assertThat(completer.of("select * from o", "o"))
                .contains("open.firms", "order by")
                .doesNotContain("share_yb.enrolment");
        assertThat(completer.of("select  from open.firms where ", "co")).containsExactly("count(*)", "county");
        assertThat(completer.of("select * from s", "s")).containsExactly("select", "summarize");
        assertThat(completer.of("select * from share_yb.enrolment where ", "")).doesNotContain("county");
        assertThat(completer.of(".t", ".t")).containsExactly(".tables");
    }

    private void prompt(String keys) throws IOException {
        run(terminal(keys));
    }

    private void run(DumbTerminal terminal) {
        QuerySession session = new QuerySession(firms.lake(), terminal.writer(), Form.TABLE);
        try {
            new QueryPrompt(session, folder.resolve("history"), "yb").run(terminal);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DumbTerminal terminal(String keys) throws IOException {
        return new DumbTerminal("test", "dumb", new ByteArrayInputStream(keys.getBytes(UTF_8)), shown, UTF_8);
    }

    private String shown() {
        return shown.toString(UTF_8);
    }
}
