package io.tongdao.contract.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** For what a base database may be used: for what every source that restricts its purposes allows. */
final class Purposes {
    private Purposes() {}

    /** Empty where no source restricts them; an empty list where the sources have none in common. */
    static Optional<List<String>> common(Catalogue catalogue, Base base) {
        return base.items().values().stream()
                .flatMap(item -> item.sources().stream())
                .map(source -> catalogue.datasets().get(source.id()))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .map(dataset -> dataset.share().purposes().stream().map(Ref::id).toList())
                .filter(allowed -> !allowed.isEmpty())
                .reduce((a, b) -> intersection(a, b));
    }

    private static List<String> intersection(List<String> a, Collection<String> b) {
        return a.stream().filter(b::contains).toList();
    }
}
