package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Base;
import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Base.Rule;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Dataset;
import io.tongdao.contract.catalogue.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A base database as the page shows it: each golden item with who leads it, since when, and who is asked besides; and its checks. */
public record BaseEntry(String name, String title, String subject, List<Row> items, List<CheckRow> checks) {
    /**
     * @param holds the expression as written
     * @param blamed who is told
     * @param grace empty: told at once
     */
    public record CheckRow(String name, String label, String holds, String blamed, String grace) {}

    /**
     * @param span the days of this rule, empty where it is the only one
     * @param source the id of the leading dataset
     */
    public record Row(
            String name,
            String label,
            String span,
            String source,
            String agency,
            String dataset,
            String others,
            String compare) {}

    static BaseEntry of(Catalogue catalogue, Base base) {
        List<Row> rows = new ArrayList<>();
        base.items().values().forEach(item -> item.rules().forEach(rule -> rows.add(row(catalogue, item, rule))));
        List<CheckRow> checks = base.checks().values().stream()
                .map(check -> new CheckRow(
                        check.name(),
                        check.label(),
                        check.holds().id(),
                        blamed(catalogue, check.blame()),
                        check.grace().isZero() ? "" : Chinese.grace(check.grace())))
                .toList();
        return new BaseEntry(base.name(), base.title(), Chinese.subject(base.kind()), rows, checks);
    }

    private static String blamed(Catalogue catalogue, Ref blame) {
        return blame.id().indexOf('.') < 0
                ? DatasetEntry.agency(catalogue, blame)
                : DatasetEntry.dataset(catalogue, blame.id());
    }

    private static Row row(Catalogue catalogue, BaseItem item, Rule rule) {
        String id = rule.source().id();
        Dataset source = catalogue.datasets().get(id);
        return new Row(
                item.name(),
                Labels.golden(catalogue, item),
                item.rules().size() == 1 ? "" : span(rule),
                id,
                source == null ? id : DatasetEntry.agency(catalogue, source.provider()),
                source == null ? "" : source.title(),
                others(catalogue, rule),
                Chinese.compare(item.compare()));
    }

    private static String span(Rule rule) {
        String from = Chinese.day(rule.from());
        String until = Chinese.day(rule.until());
        return from.isEmpty()
                ? (until.isEmpty() ? "" : "至 " + until)
                : "自 " + from + (until.isEmpty() ? "起" : " 至 " + until);
    }

    private static String others(Catalogue catalogue, Rule rule) {
        List<String> parts = new ArrayList<>();
        if (!rule.led()) {
            parts.add(Chinese.strategy(rule.strategy()) + "，来源 " + names(catalogue, rule.order()));
        } else if (!rule.fallback().isEmpty()) {
            parts.add("无值时依次取 " + names(catalogue, rule.fallback()));
        }
        if (!rule.verify().isEmpty()) {
            parts.add("由 " + names(catalogue, rule.verify()) + " 校核");
        }
        return String.join("；", parts);
    }

    private static String names(Catalogue catalogue, List<Ref> datasets) {
        return datasets.stream()
                .map(ref -> DatasetEntry.dataset(catalogue, ref.id()))
                .collect(Collectors.joining("、"));
    }
}
