package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.ResultPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody asks one after another: statements of SQL and the prompt's own words, answered to a writer. Used by one thread. */
public final class QuerySession {
    static final String HELP = """
            SQL ends with ; and may take several lines. FROM base.population AS OF '2026-11-30': how it stood at the end of that day.
            EXPLAIN SELECT …: which files are read, and how.
            .tables          the tables that you may read
            .schema TABLE    its columns
            .format FORM     table, csv or json
            .help            this
            .quit            or Ctrl-D; Ctrl-C ends the query that runs
            """;

    private final LakeQuery lake;
    private final PrintWriter out;
    private Form form;

    public QuerySession(LakeQuery lake, PrintWriter out, Form form) {
        this.lake = lake;
        this.out = out;
        this.form = form;
    }

    LakeQuery lake() {
        return lake;
    }

    /** Lists the tables. */
    public void tables() {
        lake.tables().forEach(out::println);
        out.flush();
    }

    /** Answers one statement. @return whether anybody still reads the answers */
    public boolean answer(String sql) {
        if (form == Form.PARQUET) {
            throw new QueryUnanswered("Parquet goes into a file: --out FILE");
        }
        PipeOut pipe = new PipeOut(out);
        try {
            lake.query(sql, rows -> new ResultPrinter(form.text(), pipe).print(rows));
            pipe.flush();
            return true;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof PipeOut.Broken) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /** Answers one statement into a file, there whole or not at all. */
    public void answer(String sql, Path file) throws IOException {
        try (AnswerFile answer = AnswerFile.at(file)) {
            long rows = form == Form.PARQUET ? lake.parquet(sql, answer.draft()) : text(sql, answer.draft());
            answer.finish();
            out.printf(Locale.ROOT, "%,d rows in %s%n", rows, file);
            out.flush();
        }
    }

    private long text(String sql, Path draft) throws IOException {
        try (Writer writer = Files.newBufferedWriter(draft, StandardOpenOption.WRITE)) {
            return lake.query(sql, rows -> new ResultPrinter(form.text(), writer).print(rows));
        }
    }

    /** Follows a word that begins with a dot. @return whether there is more to come */
    public boolean follow(String line) {
        String[] words = line.strip().split("\\s+", 2);
        String what = words.length > 1 ? words[1].replaceAll("\\s*;$", "") : "";
        switch (words[0].replaceAll(";$", "")) {
            case ".tables" -> tables();
            case ".schema" -> schema(what);
            case ".format" -> format(what);
            case ".help" -> out.print(HELP);
            case ".quit", ".exit" -> {
                return false;
            }
            default -> throw new QueryUnanswered("no word " + words[0] + "; .help lists them");
        }
        out.flush();
        return true;
    }

    private void schema(String table) {
        if (table.isEmpty()) {
            throw new QueryUnanswered(".schema of which table? .tables lists them");
        }
        lake.columns(table).forEach(column -> out.printf("%-32s %s%n", column.name(), column.type()));
    }

    private void format(String word) {
        Set<Form> texts = Set.of(Form.TABLE, Form.CSV, Form.JSON);
        form = Form.of(word)
                .filter(texts::contains)
                .orElseThrow(() -> new QueryUnanswered("no format " + word + " here: "
                        + texts.stream().map(Form::word).sorted().collect(Collectors.joining(", "))));
    }
}
