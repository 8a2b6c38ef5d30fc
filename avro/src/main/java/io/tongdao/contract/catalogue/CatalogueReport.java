package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.StandardPlan;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts what stands in a catalogue, for the person who keeps it: the part of {@code tongdao check} that no plan knows. Holds no data. */
public final class CatalogueReport {
    private CatalogueReport() {}

    public static String text(Catalogue catalogue) {
        Collection<Dataset> datasets = catalogue.datasets().values();
        List<Item> items = datasets.stream()
                .flatMap(dataset -> dataset.items().values().stream())
                .toList();
        return String.join(
                "\n",
                "Registers",
                line("agencies", catalogue.agencies().size(), agencies(catalogue)),
                line("standards", catalogue.standards().size(), standards(catalogue)),
                line("purposes", catalogue.purposes().size(), ""),
                line("data classes", catalogue.classes().size(), localClasses(catalogue) + " of them local"),
                line("resource classes", catalogue.resources().classification().size(), retired(catalogue)),
                "Entries",
                line(
                        "datasets",
                        datasets.size(),
                        words(datasets, dataset -> word(dataset.share().type())) + " to share"),
                line("", 0, words(datasets, dataset -> word(dataset.open().type())) + " to open"),
                line(
                        "important data",
                        count(datasets, dataset -> dataset.entry().grade() == Grade.IMPORTANT),
                        ""),
                line("items", items.size(), words(items, item -> "level " + item.level())),
                line("sensitive items", count(items, item -> item.personal().sensitive()), personal(items)),
                line(
                        "withheld items",
                        count(items, item -> item.share().type() == ShareClass.WITHHELD),
                        verifiable(items) + " of them may be verified"),
                line("changes of rule", changes(catalogue), "of golden items, by date"),
                "");
    }

    private static String line(String what, int count, String more) {
        return what.isEmpty()
                ? "  %-18s %5s  %s".formatted("", "", more).stripTrailing()
                : "  %-18s %5d  %s".formatted(what, count, more).stripTrailing();
    }

    private static String agencies(Catalogue catalogue) {
        Collection<Agency> agencies = catalogue.agencies().values();
        return words(agencies, agency -> word(agency.level())) + "; "
                + count(agencies, agency -> !agency.officer().isEmpty()) + " with a chief data officer";
    }

    private static String standards(Catalogue catalogue) {
        int versions = catalogue.standards().values().stream()
                .mapToInt(standard -> standard.versions().size())
                .sum();
        int formats = count(catalogue.standards().values(), standard -> standard.kind() == StandardPlan.Kind.FORMAT);
        return formats + " of them formats, " + versions + " versions";
    }

    private static int localClasses(Catalogue catalogue) {
        return count(catalogue.classes().values(), Catalogue.DataClass::local);
    }

    private static String retired(Catalogue catalogue) {
        return catalogue.resources().retired().size() + " codes withdrawn for good";
    }

    private static String personal(List<Item> items) {
        return words(
                items.stream().filter(item -> item.personal().sensitive()).toList(),
                item -> item.personal().word());
    }

    private static int verifiable(List<Item> items) {
        return count(
                items,
                item -> item.share().type() == ShareClass.WITHHELD
                        && item.share().verify().allowed());
    }

    private static int changes(Catalogue catalogue) {
        return catalogue.bases().values().stream()
                .flatMap(base -> base.items().values().stream())
                .mapToInt(item -> item.rules().size() - 1)
                .sum();
    }

    private static <T> int count(Collection<T> all, Predicate<T> which) {
        return (int) all.stream().filter(which).count();
    }

    private static <T> String words(Collection<T> all, Function<T, String> word) {
        Map<String, Long> counts =
                all.stream().collect(Collectors.groupingBy(word, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
