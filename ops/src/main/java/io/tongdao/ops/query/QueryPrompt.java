package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.QueryRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prompt: statements over several lines, with completion and history; Ctrl-C ends the query that runs. */
public final class QueryPrompt {
    private static final Logger LOG = LoggerFactory.getLogger(QueryPrompt.class);

    private final QuerySession session;
    private final PromptHistory history;
    private final String who;

    /** @param historyFile made if it is not there */
    public QueryPrompt(QuerySession session, Path historyFile, String who) {
        this.session = session;
        this.history = new PromptHistory(historyFile);
        this.who = who;
    }

    /** Until the person has enough. */
    public void run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            run(terminal);
        }
    }

    void run(Terminal terminal) throws IOException {
        LineReader reader = reader(terminal);
        terminal.writer().println("Tongdao 通道: SQL as " + who + "; .help says more");
        while (answer(reader, terminal)) {
            terminal.flush();
        }
    }

    private LineReader reader(Terminal terminal) throws IOException {
        DefaultHistory remembered = new DefaultHistory();
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new StatementParser())
                .completer(new PromptCompleter(session.lake()))
                .history(remembered)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "      -> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        for (String line : history.lines()) {
            remembered.add(line);
        }
        return reader;
    }

    private boolean answer(LineReader reader, Terminal terminal) throws IOException {
        try {
            String line = reader.readLine("tongdao> ");
            return line.isBlank() || answer(line, terminal);
        } catch (UserInterruptException e) {
            return true; // the line is dropped
        } catch (EndOfFileException e) {
            return false;
        }
    }

    private boolean answer(String line, Terminal terminal) throws IOException {
        long start = System.nanoTime();
        Terminal.SignalHandler before =
                terminal.handle(Signal.INT, signal -> session.lake().cancel());
        try {
            if (line.strip().startsWith(".")) {
                return session.follow(line);
            }
            history.add(line);
            boolean read = session.answer(line);
            terminal.writer()
                    .println(Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
            return read;
        } catch (QueryRefused | QueryUnanswered e) {
            terminal.writer().println("tongdao: " + e.getMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.error("a query failed", e);
            terminal.writer().println("tongdao: " + e.getClass().getSimpleName() + "; the stack is in the log");
            return true;
        } finally {
            terminal.handle(Signal.INT, before);
        }
    }
}
