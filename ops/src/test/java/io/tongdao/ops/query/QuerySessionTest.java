package io.tongdao.ops.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.lakehouse.query.QueryRefused;
import io.tongdao.lakehouse.query.TableFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuerySessionTest {
    private static final String ALL = "select county, firms from open.firms order by firms";

    @TempDir
    Path folder;

    private Firms firms;
    private final StringWriter said = new StringWriter();

    @BeforeEach
    void open() {
        firms = new Firms(folder);
    }

    @AfterEach
    void close() {
        firms.close();
    }

    @Test
    void statementsFromAPipeAreAnsweredOneAfterAnother() throws IOException {
        // When
        pipe("-- who?\nselect ';' a,\n 1 b; select 2 c;;\n.format json\n" + ALL + "\n;\n.tables\nselect 3 d", Form.CSV);

        // Then
        assertThat(said.toString())
                .isEqualTo("a,b\r\n;,1\r\nc\r\n2\r\n"
                        + "[\n{\"county\":\"盘龙区\",\"firms\":7},\n{\"county\":\"五华区\",\"firms\":12}\n]\n"
                        + "open.firms\n[\n{\"d\":3}\n]\n");
    }

    @Test
    void theFirstThatCannotBeAnsweredEndsThePipe() {
        assertThatThrownBy(() -> pipe("select 1 a;\n selec 2; select 3 c;", Form.CSV))
                .isInstanceOf(QueryRefused.class)
                .hasMessage("line 1, column 1: syntax error at or near \"selec\"");
        assertThat(said.toString()).isEqualTo("a\r\n1\r\n");
    }

    @Test
    void quitEndsThePipe() throws IOException {
        pipe("select 1 a;\n.quit\nselect 2 b;", Form.CSV);
        assertThat(said.toString()).isEqualTo("a\r\n1\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .format parquet   | no format parquet here: csv, json, table
            .format           | no format  here: csv, json, table
            .tabels           | no word .tabels; .help lists them
            .schema           | .schema of which table?
            """)
    void aWordThatCannotBeFollowedSaysWhy(String word, String why) {
        assertThatThrownBy(() -> session(Form.TABLE).follow(word))
                .isInstanceOf(QueryUnanswered.class)
                .hasMessageContaining(why);
    }

    @Test
    void schemaTellsOfNoTableThatIsNotReadable() {
        session(Form.TABLE).follow(".schema open.firms;");
        assertThat(said.toString().lines()).hasSize(2).first().asString().matches("county +VARCHAR");
        assertThatThrownBy(() -> session(Form.TABLE).follow(".schema base.population"))
                .hasMessageContaining("no table base.population; there are open.firms");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aFileIsThereWholeAndForItsOwnerAlone(Form form) throws IOException {
        // Given
        Path file = Files.writeString(
                Files.createDirectory(folder.resolve("out")).resolve("firms." + form.word()), "before");

        // When
        session(form).answer(ALL, file);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(said.toString()).isEqualTo("2 rows in " + file + "\n");
        assertThat(folder.resolve("out")).isDirectoryContaining(path -> path.equals(file));
        switch (form) {
            case PARQUET ->
                assertThat(TableFiles.read(file, List.of("county", "firms")))
                        .containsExactly(Arrays.asList("盘龙区", "7"), Arrays.asList("五华区", "12"));
            case CSV -> assertThat(file).content(UTF_8).isEqualTo("county,firms\r\n盘龙区,7\r\n五华区,12\r\n");
            case JSON -> assertThat(file).content(UTF_8).contains("{\"county\":\"五华区\",\"firms\":12}\n]");
            case TABLE -> assertThat(file).content(UTF_8).contains("盘龙区", "(2 rows)");
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aFailureLeavesWhatWasThere(Form form) throws IOException {
        // Given
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("out")).resolve("firms"), "before");

        // When, Then
        assertThatThrownBy(() -> session(form).answer("select error(county) from open.firms", file))
                .isInstanceOf(QueryRefused.class)
                .hasMessageNotContaining("区");
        assertThat(file).content().isEqualTo("before");
        try (var left = Files.list(folder.resolve("out"))) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aFileNeedsItsDirectory() {
        assertThatThrownBy(() -> session(Form.CSV).answer(ALL, folder.resolve("no/where.csv")))
                .isInstanceOf(QueryUnanswered.class)
                .hasMessageContaining("there is no directory");
        assertThatThrownBy(() -> session(Form.CSV).answer(ALL, folder)).hasMessageContaining("is a directory");
    }

    @Test
    void nothingIsReadOnWhenNobodyReads() {
        // Given
        int[] written = {0};
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (++written[0] > 300_000) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        QuerySession session = new QuerySession(firms.lake(), new PrintWriter(broken, false, UTF_8), Form.CSV);

        // When, Then
        assertThat(session.answer("select range, range * 7 from range(1000000000)"))
                .isFalse();
    }

    private void pipe(String text, Form form) throws IOException {
        new PipedStatements(session(form)).answer(new BufferedReader(new StringReader(text)));
    }

    private QuerySession session(Form form) {
        return new QuerySession(firms.lake(), new PrintWriter(said), form);
    }
}
