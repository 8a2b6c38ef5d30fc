package io.tongdao.lakehouse.query;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What leaves no trace in former states of tables: rows about a protected subject or that name it, protected rows, and rows that tell of both
 * ends of a protected link. Present states are without them already.
 *
 * @param subjects as keys write them, and as columns may
 * @param keys whole keys of rows
 * @param links pairs of subjects
 */
public record Hidden(Set<String> subjects, Set<String> keys, List<Set<String>> links) {
    public static final Hidden NONE = new Hidden(Set.of(), Set.of(), List.of());

    public boolean isEmpty() {
        return subjects.isEmpty() && keys.isEmpty() && links.isEmpty();
    }

    /** A condition that is true of rows that may be seen; of a table with a column {@code _key}. */
    String seen(List<NestedField> columns) {
        String texts = columns.stream()
                .filter(column -> column.type() instanceof Types.StringType)
                .map(column -> Sql.quoted(column.name()))
                .collect(Collectors.joining(", ", "[split_part(_key, '|', 1), ", "]"));
        return Stream.concat(
                        Stream.of(
                                "not list_has_any(" + texts + ", " + typed(subjects) + ")",
                                "not list_contains(" + typed(keys) + ", _key)"),
                        links.stream().map(link -> "not list_has_all(" + texts + ", " + typed(link) + ")"))
                .collect(Collectors.joining(" and "));
    }

    private static String typed(Set<String> texts) {
        return Sql.list(texts) + "::varchar[]";
    }

    @Override
    public String toString() {
        return "Hidden[***]";
    }
}
