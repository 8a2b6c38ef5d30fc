package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.SqlText;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** Statements from standard input, each answered as soon as its semicolon is read; the first that can't be answered ends it. */
public final class PipedStatements {
    private final QuerySession session;
    private final StringBuilder begun = new StringBuilder();

    public PipedStatements(QuerySession session) {
        this.session = session;
    }

    public void answer(BufferedReader input) throws IOException {
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (!take(line)) {
                return;
            }
        }
        if (!SqlText.isBlank(begun.toString())) {
            session.answer(begun.toString());
        }
    }

    private boolean take(String line) {
        if (line.startsWith(".") && SqlText.isBlank(begun.toString())) {
            return session.follow(line);
        }
        begun.append(line).append('\n');
        if (line.indexOf(';') < 0) {
            return true;
        }
        List<String> statements = SqlText.statements(begun.toString());
        begun.setLength(0);
        begun.append(statements.get(statements.size() - 1));
        return statements.subList(0, statements.size() - 1).stream()
                .filter(sql -> !SqlText.isBlank(sql))
                .map(String::strip)
                .allMatch(session::answer);
    }
}
