package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.OpenTerms;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.PublicationPlan.Bounds;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.ThemePlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Compiles the entries of the open catalogue: types and labels are those of the table. */
final class PublicationCompiler {
    private final OpenTerms terms;
    private final Map<String, DatasetPlan> datasets;
    private final Map<String, BasePlan> bases;
    private final Map<String, ThemePlan> themes;

    PublicationCompiler(
            OpenTerms terms,
            Map<String, DatasetPlan> datasets,
            Map<String, BasePlan> bases,
            Map<String, ThemePlan> themes) {
        this.terms = terms;
        this.datasets = datasets;
        this.bases = bases;
        this.themes = themes;
    }

    PublicationPlan compile(Publication publication) {
        Map<String, PublicationPlan.Item> items = new LinkedHashMap<>();
        publication.items().values().forEach(item -> items.put(item.name(), item(publication.table(), item)));
        boolean conditional = publication.type() == ShareClass.CONDITIONAL;
        int k = conditional ? terms.kConditional() : terms.kUnconditional();
        return new PublicationPlan(
                publication.id(),
                publication.title(),
                publication.table().id(),
                Collections.unmodifiableMap(items),
                publication.type(),
                publication.zone().id(),
                publication.update().name().toLowerCase(Locale.ROOT),
                publication.licence(),
                publication.contact(),
                publication.publisher().id(),
                new Bounds(k, terms.l(), terms.suppressPercent()));
    }

    private PublicationPlan.Item item(Ref table, Publication.Item item) {
        String id = table.id();
        DatasetPlan dataset = datasets.get(id);
        if (dataset != null) {
            ItemPlan of = Objects.requireNonNull(dataset.items().get(item.name()), item.name());
            return new PublicationPlan.Item(item.name(), of.label(), of.type(), item.ladder(), item.role());
        }
        String name = id.substring(id.indexOf('.') + 1);
        ThemePlan theme = themes.get(name);
        if (theme != null) {
            ThemePlan.Item of = Objects.requireNonNull(theme.items().get(item.name()), item.name());
            return new PublicationPlan.Item(item.name(), of.label(), of.type(), item.ladder(), item.role());
        }
        BasePlan base = Objects.requireNonNull(bases.get(name), name);
        BasePlan.BaseItemPlan of = Objects.requireNonNull(base.items().get(item.name()), item.name());
        return new PublicationPlan.Item(item.name(), of.label(), of.type(), item.ladder(), item.role());
    }
}
