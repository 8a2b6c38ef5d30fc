package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Base;
import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Dataset;
import java.util.Objects;
import java.util.stream.Stream;

/** The Chinese names of items, wherever they come from; their own name where nobody gave one. */
final class Labels {
    private static final String BASE = "base.";

    private Labels() {}

    /** @param source {@code agency.dataset} or {@code base.<database>} */
    static String of(Catalogue catalogue, String source, String item) {
        if (source.startsWith(BASE)) {
            Base base = catalogue.bases().get(source.substring(BASE.length()));
            BaseItem golden = base == null ? null : base.items().get(item);
            return golden == null ? item : golden(catalogue, golden);
        }
        Dataset dataset = catalogue.datasets().get(source);
        Dataset.Item own = dataset == null ? null : dataset.items().get(item);
        return own == null ? item : own.label();
    }

    /** Its own label, else what its first source of record calls it. */
    static String golden(Catalogue catalogue, BaseItem item) {
        return Stream.concat(
                        Stream.of(item.label()),
                        item.leaders().stream()
                                .map(leader -> catalogue.datasets().get(leader.id()))
                                .filter(Objects::nonNull)
                                .flatMap(dataset -> dataset.subjects().stream()
                                        .flatMap(subject -> dataset.claim(subject, item.name()).stream()))
                                .map(Dataset.Item::label))
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse(item.name());
    }
}
