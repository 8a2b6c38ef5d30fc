package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.QueryRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes words of SQL, the tables of the one who asks, and the columns of those that the statement names. */
final class PromptCompleter implements Completer {
    private static final List<String> WORDS = List.of(
            "select",
            "from",
            "where",
            "group by",
            "order by",
            "limit",
            "join",
            "left join",
            "on",
            "and",
            "or",
            "not",
            "in",
            "is null",
            "is not null",
            "between",
            "like",
            "as of",
            "count(*)",
            "distinct",
            "having",
            "union all",
            "with",
            "case",
            "when",
            "then",
            "else",
            "end",
            "describe",
            "summarize",
            "explain",
            "desc");
    private static final List<String> DOTTED = List.of(".tables", ".schema", ".format", ".help", ".quit");

    private final LakeQuery lake;
    private final Map<String, List<String>> columns = new HashMap<>();

    PromptCompleter(LakeQuery lake) {
        this.lake = lake;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        of(line.line(), line.word()).forEach(word -> candidates.add(new Candidate(word)));
    }

    /** What may stand in the place of the word that is begun. */
    Set<String> of(String line, String word) {
        Set<String> found = new TreeSet<>();
        if (line.strip().startsWith(".") && !line.strip().contains(" ")) {
            found.addAll(DOTTED);
        } else {
            Set<String> tables = Set.copyOf(lake.tables());
            found.addAll(WORDS);
            found.addAll(tables);
            tables.stream().filter(line::contains).forEach(table -> found.addAll(columns(table)));
        }
        String begun = word.toLowerCase(Locale.ROOT);
        return found.stream()
                .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(begun))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of a table that can't be read now there are none. */
    private List<String> columns(String table) {
        return columns.computeIfAbsent(table, name -> {
            try {
                return lake.columns(name).stream().map(LakeQuery.Column::name).toList();
            } catch (QueryRefused e) {
                return List.of();
            }
        });
    }
}
