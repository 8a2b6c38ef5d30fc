package io.tongdao.lakehouse.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL as words, so that what stands in texts, names and comments is left alone. */
public final class SqlText {
    private static final Pattern TOKEN = Pattern.compile("(?<skip>\\s+|--[^\\n]*|/\\*(?s:.*?)(?:\\*/|\\z))"
            + "|(?<text>[eE]'(?s:[^'\\\\]|\\\\.|'')*+(?:'|\\z)|'(?:[^']|'')*+(?:'|\\z)|\\$(?<tag>\\w*)\\$(?s:.*?)(?:\\$\\k<tag>\\$|\\z))"
            + "|(?<name>\"(?:[^\"]|\"\")*+(?:\"|\\z)|[\\p{L}_][\\p{L}\\p{N}_$]*)"
            + "|(?<number>\\d[\\d_.]*)"
            + "|(?<other>(?s:.))");

    /** As tables and columns are called. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_]+(?:\\d{1,3}[A-Za-z_]*)?");

    private SqlText() {}

    /** What a token is. */
    enum Kind {
        SKIPPED,
        TEXT,
        NAME,
        NUMBER,
        OTHER
    }

    /** @param end behind its last character */
    record Token(Kind kind, String text, int start, int end) {
        boolean is(String word) {
            return kind != Kind.TEXT && text.equalsIgnoreCase(word);
        }
    }

    static List<Token> tokens(String sql) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            tokens.add(new Token(kind(matcher), matcher.group(), matcher.start(), matcher.end()));
        }
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        if (matcher.group("skip") != null) {
            return Kind.SKIPPED;
        } else if (matcher.group("text") != null) {
            return Kind.TEXT;
        } else if (matcher.group("name") != null) {
            return Kind.NAME;
        }
        return matcher.group("number") != null ? Kind.NUMBER : Kind.OTHER;
    }

    /** Without spaces and comments. */
    static List<Token> words(String sql) {
        return tokens(sql).stream()
                .filter(token -> token.kind() != Kind.SKIPPED)
                .toList();
    }

    /** The statements that a semicolon ends; the rest behind the last one, as it is, comes last and may be blank. */
    public static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        for (Token token : tokens(text)) {
            if (token.is(";")) {
                statements.add(text.substring(start, token.start()));
                start = token.end();
            }
        }
        statements.add(text.substring(start));
        return statements;
    }

    /** Whether there is nothing in it to be answered. */
    public static boolean isBlank(String sql) {
        return words(sql).isEmpty();
    }

    /**
     * The same without any value that it names: texts, numbers and comments, and names that might be one in the wrong quotes, or in none, are
     * {@code ?} or gone.
     */
    public static String withoutValues(String sql) {
        StringBuilder plain = new StringBuilder();
        for (Token token : tokens(sql)) {
            switch (token.kind()) {
                case TEXT, NUMBER -> plain.append('?');
                case SKIPPED -> plain.append(' ');
                case NAME -> plain.append(PLAIN_NAME.matcher(token.text()).matches() ? token.text() : "?");
                case OTHER -> plain.append(token.text());
            }
        }
        return plain.toString().strip();
    }

    /** The name that an identifier gives, without its quotes. */
    static String plain(String identifier) {
        return identifier.startsWith("\"")
                ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
                : identifier.toLowerCase(Locale.ROOT);
    }
}
