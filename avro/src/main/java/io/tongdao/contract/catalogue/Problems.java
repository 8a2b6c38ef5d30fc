package io.tongdao.contract.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every problem of a run; nothing stops at the first. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(Place at, String code, String text) {
        found.add(new Problem(at.file(), at.line(), code, text));
    }

    List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparing(Problem::text))
                .toList();
    }
}
