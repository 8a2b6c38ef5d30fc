package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.SqlText;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** A statement goes on until its semicolon; a word that begins with a dot is a line of its own. */
final class StatementParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isWhole(line)) {
            throw new EOFError(-1, -1, "the statement has no semicolon yet");
        }
        int start = cursor;
        while (start > 0 && isWord(line.charAt(start - 1))) {
            start--;
        }
        return new Words(line, cursor, start);
    }

    static boolean isWhole(String line) {
        return line.isBlank()
                || line.strip().startsWith(".")
                || SqlText.statements(line).size() > 1;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    /** The word at the cursor is what completion looks at. */
    private record Words(String line, int cursor, int start) implements ParsedLine {
        @Override
        public String word() {
            return line.substring(start, cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - start;
        }

        @Override
        public int wordIndex() {
            return words().size() - 1;
        }

        @Override
        public List<String> words() {
            String before = line.substring(0, start).strip();
            return before.isEmpty() ? List.of(word()) : List.of(before, word());
        }
    }
}
