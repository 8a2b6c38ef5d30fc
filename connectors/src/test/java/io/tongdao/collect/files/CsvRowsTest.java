package io.tongdao.collect.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tongdao.contract.plan.Intake;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSV as it is written by programs of all kinds, and as it should not be. */
class CsvRowsTest {
    private static final Intake.Files PLAIN = intake(Intake.Encoding.UTF_8, "", ',');

    @TempDir
    Path dir;

    private static Intake.Files intake(Intake.Encoding encoding, String nullText, char separator) {
        return new Intake.Files("in", Intake.Format.CSV, encoding, nullText, separator, List.of());
    }

    private List<List<Object>> read(byte[] bytes, Intake.Files intake, String... wanted) throws Exception {
        Path file = Files.write(dir.resolve("x.csv"), bytes);
        List<List<Object>> all = new ArrayList<>();
        try (FileRows rows = FileRows.open(file, intake, List.of(wanted), dir)) {
            for (Struct row = rows.next(); row != null; row = rows.next()) {
                List<Object> values = new ArrayList<>();
                for (String column : wanted) {
                    values.add(row.get(column));
                }
                values.add(rows.line());
                all.add(values);
            }
        }
        return all;
    }

    @Test
    void separatorsQuotesAndLineBreaksInsideQuotesArePartOfTheValue() throws Exception {
        // Given
        String text = "b,A,\"C d\"\r\n\"1,2\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n,\"\",x\n";
        // When
        List<List<Object>> rows = read(text.getBytes(UTF_8), PLAIN, "a", "b", "C d");
        // Then
        assertThat(rows)
                .containsExactly(List.of("say \"hi\"", "1,2", "two\r\nlines", 2L), Arrays.asList("", null, "x", 4L));
    }

    @Test
    void theWordForAbsentIsAValueWhereItIsQuoted() throws Exception {
        // Given
        Intake.Files tabbed = intake(Intake.Encoding.UTF_8, "\\N", '\t');
        // When
        List<List<Object>> rows = read("a\tb\n\\N\t\"\\N\"\n\t-\n".getBytes(UTF_8), tabbed, "a", "b");
        // Then
        assertThat(rows).containsExactly(Arrays.asList(null, "\\N", 2L), List.of("", "-", 3L));
    }

    @Test
    void gb18030HasAllCharactersOfUnicode() throws Exception {
        // Given
        String name = "张䶮𠮷";
        // When
        List<List<Object>> rows = read(
                ("姓名\n" + name + "\n").getBytes(Charset.forName("GB18030")),
                intake(Intake.Encoding.GB18030, "", ','),
                "姓名");
        // Then
        assertThat(rows).containsExactly(List.of(name, 2L));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "a,b;1,2;3!a,b!line 3: 1 fields, the header has 2",
                "a,b;1,2;3;!a,b!line 3: 1 fields, the header has 2",
                "a,b;1;2,\"3\"x!a,b!the row from line",
                "a,b;1,2,3!a,b!line 2: 3 fields, the header has 2",
                "a,b;1,\"2;3,4!a,b!the row from line 2 on",
                "a,b;\"1,2;3,4!a,b!the row from line 2 on",
                "a,b;1,\"2\"x;3,4!a,b!the row from line 2 on",
                "a,b;1,2\"2!a,b!line 2: a quote inside a field",
                "a,b;1,2!a,c!column c is missing",
                "a,A;1,2!Aa!column Aa is missing",
                "a,a;1,2!a!column a is there 2 times",
            })
    void whatIsMalformedIsRefusedWithItsLine(String text, String wanted, String problem) {
        // Given
        byte[] bytes = text.replace(";", "\n").getBytes(UTF_8);
        // When
        UnfitFile unfit = catchThrowableOfType(UnfitFile.class, () -> read(bytes, PLAIN, wanted.split(",")));
        // Then
        assertThat(unfit.problems()).hasSize(1);
        assertThat(unfit.problems().getFirst()).startsWith(problem);
    }

    @Test
    void bytesThatTheEncodingHasNotAreRefusedWithTheirLine() {
        // Given
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 5000; i++) {
            text.append("1,").append(i).append('\n');
        }
        byte[] bytes = (text + "1,x").getBytes(UTF_8);
        bytes[bytes.length - 1] = (byte) 0xff;
        // When
        UnfitFile unfit = catchThrowableOfType(UnfitFile.class, () -> read(bytes, PLAIN, "a", "b"));
        // Then
        assertThat(unfit.problems()).containsExactly("line 5,002: bytes that are no UTF-8");
    }
}
