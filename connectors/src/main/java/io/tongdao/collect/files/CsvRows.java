package io.tongdao.collect.files;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.tongdao.contract.plan.Intake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file (RFC 4180) with a header: every value is text, and the catalogue's word for an absent value, unquoted, is null. What
 * the encoding can't spell, a quote in the wrong place and a line of another number of fields make the file unfit.
 */
final class CsvRows implements FileRows {
    private static final char BOM = '\uFEFF';
    private final Path file;
    private final Intake.Files intake;
    private final CsvReader<CsvFields> csv;
    private final CsvFields fields;
    private final QuoteCount quotes;
    private final CloseableIterator<CsvFields> lines;
    private Schema schema = SchemaBuilder.struct().build();
    private int columns;

    private CsvRows(Path file, Intake.Files intake) throws IOException {
        this.file = file;
        this.intake = intake;
        this.fields = new CsvFields(intake.nullText());
        this.quotes = new QuoteCount(text(file, intake.encoding()));
        this.csv = CsvReader.builder()
                .fieldSeparator(intake.separator())
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(fields, quotes);
        this.lines = csv.iterator();
    }

    static CsvRows open(Path file, Intake.Files intake, List<String> wanted) throws IOException, UnfitFile {
        CsvRows rows = begin(file, intake);
        boolean sound = false;
        try {
            rows.header(wanted);
            sound = true;
            return rows;
        } finally {
            if (!sound) {
                rows.close();
            }
        }
    }

    /** The first look decodes ahead of the first line. */
    private static CsvRows begin(Path file, Intake.Files intake) throws IOException, UnfitFile {
        try {
            return new CsvRows(file, intake);
        } catch (CharacterCodingException e) {
            throw misspelt(file, intake);
        }
    }

    /** Without the mark that some programs put before UTF-8. */
    private static Reader text(Path file, Intake.Encoding encoding) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder(encoding)));
        text.mark(1);
        if (text.read() != BOM) {
            text.reset();
        }
        return text;
    }

    private static CharsetDecoder decoder(Intake.Encoding encoding) {
        return Charset.forName(encoding.charset())
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private void header(List<String> wanted) throws IOException, UnfitFile {
        fields.all();
        if (advance() == null) {
            throw new UnfitFile("the file is empty: its first line names the columns");
        }
        List<String> names = fields.names();
        columns = names.size();
        fields.only(FileRows.positions(names, wanted), columns);
        SchemaBuilder row = SchemaBuilder.struct();
        wanted.forEach(column -> row.field(column, Schema.OPTIONAL_STRING_SCHEMA));
        schema = row.build();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Struct next() throws IOException, UnfitFile {
        CsvFields line = advance();
        if (line == null) {
            return null;
        }
        if (line.getFieldCount() != columns) {
            throw misshapen(line(), line.getFieldCount());
        }
        Struct row = new Struct(schema);
        for (int i = 0; i < schema.fields().size(); i++) {
            row.put(schema.fields().get(i), line.value(i));
        }
        return row;
    }

    /** A last line that does not count up may be the rest of the file behind a quote. Looking on takes the line's object for the next. */
    private UnfitFile misshapen(long at, int count) throws IOException {
        try {
            if (!lines.hasNext() && quotes.open()) {
                return misquoted(at);
            }
        } catch (CsvParseException | UncheckedIOException e) {
            return unfit(e);
        }
        return new UnfitFile("line %,d: %,d fields, the header has %,d".formatted(at, count, columns));
    }

    private @Nullable CsvFields advance() throws IOException, UnfitFile {
        try {
            if (!lines.hasNext()) {
                if (quotes.open()) {
                    throw misquoted(line());
                }
                return null;
            }
            CsvFields line = lines.next();
            if (line.misquoted()) {
                throw new UnfitFile("line %,d: a quote inside a field that does not begin with one".formatted(line()));
            }
            return line;
        } catch (CsvParseException | UncheckedIOException e) {
            throw unfit(e);
        }
    }

    /** The parser's own text may quote what it read. */
    private UnfitFile unfit(RuntimeException e) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return misspelt(file, intake);
            }
            if (cause instanceof IOException broken) {
                throw broken;
            }
        }
        return misquoted(line());
    }

    private static UnfitFile misquoted(long at) {
        return new UnfitFile(
                "the row from line %,d on: a quote is not closed, text follows a closing quote, or a field is longer than 16 M characters"
                        .formatted(at));
    }

    /** The reader decodes ahead of the parser: the line is found by reading once more. */
    private static UnfitFile misspelt(Path file, Intake.Files intake) throws IOException {
        return new UnfitFile("line %,d: bytes that are no %s"
                .formatted(lineMisspelt(file, intake), intake.encoding().charset()));
    }

    private static long lineMisspelt(Path file, Intake.Files intake) throws IOException {
        long line = 1;
        try (Reader text =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder(intake.encoding())), 1)) {
            for (int c = text.read(); c >= 0; c = text.read()) {
                line += c == '\n' ? 1 : 0;
            }
        } catch (CharacterCodingException e) {
            return line;
        }
        return line;
    }

    @Override
    public long line() {
        return fields.line();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
