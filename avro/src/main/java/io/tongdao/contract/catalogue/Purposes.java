package io.tongdao.contract.catalogue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** For what something of several sources may be used: for what every source that restricts its purposes allows. */
final class Purposes {
    private Purposes() {}

    /** Empty where no source restricts them; an empty list where the sources have none in common. */
    static Optional<List<String>> common(Catalogue catalogue, Base base) {
        return common(
                catalogue.purposes(),
                Stream.concat(
                                base.items().values().stream().flatMap(item -> item.sources().stream()),
                                base.checks().values().stream().flatMap(check -> check.reads().values().stream()))
                        .map(source -> catalogue.datasets().get(source.id()))
                        .filter(java.util.Objects::nonNull)
                        .distinct()
                        .map(Purposes::of));
    }

    static List<String> of(Dataset dataset) {
        return dataset.share().purposes().stream().map(Ref::id).toList();
    }

    /** @param allowed what each source allows; empty: anything */
    static Optional<List<String>> common(Map<String, Catalogue.Purpose> purposes, Stream<List<String>> allowed) {
        return allowed.filter(codes -> !codes.isEmpty()).reduce((a, b) -> both(purposes, a, b));
    }

    private static List<String> both(Map<String, Catalogue.Purpose> purposes, List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream())
                .distinct()
                .filter(code -> serves(purposes, a, code) && serves(purposes, b, code))
                .toList();
    }

    /** Whether a purpose is one of those allowed, or stands below one. */
    private static boolean serves(Map<String, Catalogue.Purpose> purposes, Collection<String> allowed, String code) {
        Set<String> passed = new HashSet<>();
        for (String at = code; passed.add(at); ) {
            if (allowed.contains(at)) {
                return true;
            }
            Catalogue.Purpose purpose = purposes.get(at);
            at = purpose == null ? at : purpose.under().id();
        }
        return false;
    }
}
