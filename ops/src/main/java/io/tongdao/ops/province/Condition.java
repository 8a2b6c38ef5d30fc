package io.tongdao.ops.province;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's own reading of row filters: of CEL comparisons of items with text ({@code ==}, {@code !=}, {@code <} …),
 * {@code startsWith}, {@code &&}, {@code ||}, {@code !} and brackets, which is all that the sample's grants use.
 */
final class Condition {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(&&|\\|\\||==|!=|<=|>=|[<>!().,]|'[^']*'|\"[^\"]*\"|[A-Za-z_][A-Za-z_0-9]*)");

    private final List<String> tokens;
    private final Map<String, @Nullable String> row;
    private int next;

    private Condition(List<String> tokens, Map<String, @Nullable String> row) {
        this.tokens = tokens;
        this.row = row;
    }

    static Condition of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.stripTrailing().length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("the oracle can't read this filter: " + text);
            }
            tokens.add(matcher.group(1));
            at = matcher.end();
        }
        return new Condition(List.copyOf(tokens), Map.of());
    }

    /** A comparison with what isn't known, other than equality, fails: the row is not released. */
    boolean holds(Map<String, @Nullable String> values) {
        if (tokens.isEmpty()) {
            return true;
        }
        return new Condition(tokens, values).holds();
    }

    private boolean holds() {
        boolean holds = either();
        if (next != tokens.size()) {
            throw new IllegalArgumentException("the oracle can't read this filter past " + tokens.get(next));
        }
        return holds;
    }

    private boolean either() {
        boolean holds = both();
        while (take("||")) {
            holds |= both();
        }
        return holds;
    }

    private boolean both() {
        boolean holds = single();
        while (take("&&")) {
            holds &= single();
        }
        return holds;
    }

    private boolean single() {
        if (take("!")) {
            return !single();
        }
        if (take("(")) {
            boolean holds = either();
            need(")");
            return holds;
        }
        @Nullable String left = operand();
        if (take(".")) {
            need("startsWith");
            need("(");
            String prefix = operand();
            need(")");
            return left != null && prefix != null && left.startsWith(prefix);
        }
        String operator = tokens.get(next++);
        return compare(left, operator, operand());
    }

    private static boolean compare(@Nullable String left, String operator, @Nullable String right) {
        if (left == null || right == null) {
            boolean same = Objects.equals(left, right);
            return (operator.equals("==") && same) || (operator.equals("!=") && !same);
        }
        int order = left.compareTo(right);
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException("the oracle knows no operator " + operator);
        };
    }

    private @Nullable String operand() {
        String token = tokens.get(next++);
        if (token.startsWith("'") || token.startsWith("\"")) {
            return token.substring(1, token.length() - 1);
        }
        return token.equals("null") ? null : row.get(token);
    }

    private boolean take(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void need(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException("the oracle expected " + token + " in a filter");
        }
    }
}
