package io.tongdao.contract.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every problem of a run; nothing stops at the first. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** The article that the rule serves is said, unless the text says it already. */
    void add(Place at, CheckCode code, String text) {
        boolean said = code.article().isEmpty() || text.contains(code.article());
        found.add(new Problem(at.file(), at.line(), code, said ? text : text + " (" + code.article() + ")"));
    }

    List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparing(Problem::text))
                .toList();
    }
}
