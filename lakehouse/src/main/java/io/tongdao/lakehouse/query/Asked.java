package io.tongdao.lakehouse.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.lakehouse.query.SqlText.Kind;
import io.tongdao.lakehouse.query.SqlText.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A query in the words of the one who asks, and as DuckDB is given it: {@code base.population AS OF '2026-11-30'} is the table of that name in a
 * database called by the moment, and EXPLAIN is taken off.
 *
 * @param sql for DuckDB
 * @param moments that it names
 * @param explain whether the plan is asked for, not the rows
 * @param origin of each character of {@code sql}, and of its end, where it stands in {@code text}
 */
record Asked(String text, String sql, Set<String> moments, boolean explain, int[] origin) {
    /** Databases that DuckDB has of itself. */
    private static final Set<String> TAKEN = Set.of("memory", "temp", "system");

    /** DuckDB would list one schema of many. */
    private static final String SHOW_TABLES =
            "select table_schema || '.' || table_name as name from information_schema.tables order by name";

    /** @throws QueryRefused if AS OF stands where it means nothing */
    static Asked of(String text) {
        String words = SqlText.words(text).stream().map(Token::text).collect(Collectors.joining(" "));
        return new Rewriting(words.matches("(?i)show tables ?;?") ? SHOW_TABLES : text).asked();
    }

    /** Where a byte of {@code sql} stands in the text, for the one who asked. @param before bytes that DuckDB was given before it */
    String place(String position, int before) {
        byte[] bytes = sql.getBytes(UTF_8);
        int end = position.isEmpty() ? -1 : Integer.parseInt(position) - before;
        if (end < 0 || end > bytes.length) {
            return "";
        }
        int at = origin[new String(bytes, 0, end, UTF_8).length()];
        int start = text.lastIndexOf('\n', at - 1) + 1;
        long line = text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        return "line %d, column %d: ".formatted(line, text.codePointCount(start, at) + 1);
    }

    private static final class Rewriting {
        private final String text;
        private final List<Token> words;
        private final StringBuilder sql = new StringBuilder();
        private final int[] origin;
        private final Set<String> moments = new TreeSet<>();
        private int done;

        private Rewriting(String text) {
            this.text = text;
            this.words = SqlText.words(text);
            this.origin = new int[3 * text.length() + 8];
        }

        private Asked asked() {
            boolean explain = explain();
            for (int i = 0; i + 2 < words.size(); i++) {
                if (words.get(i).is("as") && words.get(i + 1).is("of") && isMoment(words.get(i + 2))) {
                    asOf(i);
                }
            }
            int end = words.isEmpty() ? text.length() : trimmed();
            copy(Math.max(done, end));
            origin[sql.length()] = end;
            return new Asked(text, sql.toString(), moments, explain, Arrays.copyOf(origin, sql.length() + 1));
        }

        private boolean explain() {
            boolean explain = !words.isEmpty() && words.get(0).is("explain");
            if (explain && words.size() > 1 && words.get(1).is("analyze")) {
                throw new QueryRefused(
                        "EXPLAIN ANALYZE is not answered; EXPLAIN shows the plan and what is read for it");
            }
            done = explain ? words.get(0).end() : 0;
            return explain;
        }

        /** One semicolon at the end is nothing. */
        private int trimmed() {
            Token last = words.get(words.size() - 1);
            return last.is(";") ? last.start() : last.end();
        }

        private static boolean isMoment(Token token) {
            return token.kind() == Kind.TEXT || token.kind() == Kind.NUMBER;
        }

        private void asOf(int at) {
            int first = at - 1;
            while (first >= 2
                    && words.get(first - 1).is(".")
                    && words.get(first - 2).kind() == Kind.NAME) {
                first -= 2;
            }
            if (first < 0 || first == at - 1 || words.get(first).kind() != Kind.NAME) {
                throw new QueryRefused(
                        "AS OF stands behind a table's whole name: FROM base.population AS OF '2026-11-30'");
            }
            String moment = moment(words.get(at + 2));
            moments.add(moment);
            copy(words.get(first).start());
            insert(Sql.quoted(moment) + ".", words.get(first).start());
            copy(words.get(at - 1).end());
            done = words.get(at + 2).end();
        }

        private static String moment(Token token) {
            boolean quoted = token.text().startsWith("'") && token.text().length() > 2;
            String moment = quoted
                    ? token.text().substring(1, token.text().length() - 1).strip()
                    : token.text();
            if (moment.isEmpty() || TAKEN.contains(moment) || (token.kind() == Kind.TEXT && !quoted)) {
                throw new QueryRefused(
                        "AS OF what? A day '2026-11-30', a time '2026-11-30 12:00:00', a tag or a snapshot's number");
            }
            return moment;
        }

        private void copy(int to) {
            for (; done < to; done++) {
                origin[sql.length()] = done;
                sql.append(text.charAt(done));
            }
        }

        private void insert(String words, int at) {
            for (int i = 0; i < words.length(); i++) {
                origin[sql.length() + i] = at;
            }
            sql.append(words);
        }
    }
}
