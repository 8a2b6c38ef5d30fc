package io.tongdao.ops.province;

import io.tongdao.ops.province.Truth.Discrepancy;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a step does to the truth.
 *
 * @param opens discrepancies that are open from here on
 * @param closes discrepancies that are settled
 * @param badRows dataset → how many more rows are bad
 */
record Effect(Set<Discrepancy> opens, Set<Discrepancy> closes, Map<String, Integer> badRows) {
    static final Effect NONE = new Effect(Set.of(), Set.of(), Map.of());

    static Effect opens(String... subjects) {
        return new Effect(names(subjects), Set.of(), Map.of());
    }

    static Effect closes(String... subjects) {
        return new Effect(Set.of(), names(subjects), Map.of());
    }

    static Effect opens(Discrepancy discrepancy) {
        return opens(Set.of(discrepancy));
    }

    static Effect opens(Set<Discrepancy> discrepancies) {
        return new Effect(Set.copyOf(discrepancies), Set.of(), Map.of());
    }

    static Effect closes(Discrepancy discrepancy) {
        return closes(Set.of(discrepancy));
    }

    static Effect closes(Set<Discrepancy> discrepancies) {
        return new Effect(Set.of(), Set.copyOf(discrepancies), Map.of());
    }

    static Effect badRows(AgencyTable table, int more) {
        return new Effect(Set.of(), Set.of(), Map.of(table.dataset(), more));
    }

    private static Set<Discrepancy> names(String... subjects) {
        return Stream.of(subjects)
                .map(subject -> new Discrepancy(subject, "full_name"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
