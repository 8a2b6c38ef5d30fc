package io.tongdao.ops.cli;

import io.tongdao.contract.catalogue.Dataset.Cycle;
import io.tongdao.quality.Freshness;
import io.tongdao.reconcile.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@code flag.quality} says of datasets as sources: how they agree with others, and how old what we hold is; parts added up. Pure. */
final class SourceFigures {
    private final Map<String, Map<String, Map<String, Agreement>>> agreements = new TreeMap<>();
    private final Map<String, Freshness> ages = new TreeMap<>();

    /**
     * Claims about one golden item.
     *
     * @param agreeing A of GB/T 36344, with {@code contradicted} B
     * @param at the oldest of its parts' counts
     */
    record Agreement(long agreeing, long contradicted, long alone, Instant at) {
        static final Agreement NONE = new Agreement(0, 0, 0, Instant.MAX);

        Agreement plus(Agreement that) {
            return new Agreement(
                    agreeing + that.agreeing,
                    contradicted + that.contradicted,
                    alone + that.alone,
                    at.isBefore(that.at) ? at : that.at);
        }

        QualityFigures.Figure figure() {
            return new QualityFigures.Figure(agreeing, agreeing + contradicted);
        }
    }

    /** @param flags keys and values of the topic */
    static SourceFigures of(Map<String, byte[]> flags) {
        SourceFigures all = new SourceFigures();
        flags.forEach((key, value) -> {
            if (Consistency.is(key)) {
                all.add(Consistency.parse(value));
            } else if (Freshness.is(key)) {
                Freshness one = Freshness.parse(value);
                all.ages.merge(one.dataset(), one, Freshness::with);
            }
        });
        return all;
    }

    private void add(Consistency count) {
        Map<String, Agreement> items = agreements
                .computeIfAbsent(count.dataset(), none -> new TreeMap<>())
                .computeIfAbsent(count.window(), none -> new TreeMap<>());
        count.items()
                .forEach(item -> items.merge(
                        item.base() + "." + item.item(),
                        new Agreement(item.agreeing(), item.contradicted(), item.alone(), count.at()),
                        Agreement::plus));
    }

    /** All that anything is said of. */
    TreeSet<String> datasets() {
        TreeSet<String> all = new TreeSet<>(agreements.keySet());
        all.addAll(ages.keySet());
        return all;
    }

    /** {@code base.item} → claims of the dataset. @param window {@code now}, a day, or {@code day}: the newest */
    Map<String, Agreement> agreements(String dataset, String window) {
        Map<String, Map<String, Agreement>> windows = agreements.getOrDefault(dataset, Map.of());
        String newest = windows.keySet().stream()
                .filter(name -> !name.equals(Consistency.NOW))
                .max(Comparator.naturalOrder())
                .orElse(window);
        return windows.getOrDefault(window.equals("day") ? newest : window, Map.of());
    }

    /** All items of some datasets together. */
    Agreement total(List<String> datasets, String window) {
        return datasets.stream()
                .flatMap(dataset -> agreements(dataset, window).values().stream())
                .reduce(Agreement.NONE, Agreement::plus);
    }

    @Nullable
    Freshness age(String dataset) {
        return ages.get(dataset);
    }

    /** How long a dataset may be silent by its update cycle (更新周期); null: as long as it likes. */
    static @Nullable Duration cycle(Cycle cycle) {
        return switch (cycle) {
            case REALTIME, IRREGULAR -> null;
            case DAILY -> Duration.ofDays(1);
            case WEEKLY -> Duration.ofDays(7);
            case MONTHLY -> Duration.ofDays(31);
            case QUARTERLY -> Duration.ofDays(92);
            case HALF_YEARLY -> Duration.ofDays(184);
            case YEARLY -> Duration.ofDays(366);
        };
    }

    /** How long past its cycle nothing has come; null: nothing is overdue. */
    static @Nullable Duration overdue(Freshness age, Cycle cycle, Instant now) {
        Duration limit = cycle(cycle);
        Duration silent = Duration.between(age.arrived(), now);
        return limit == null || silent.compareTo(limit) <= 0 ? null : silent.minus(limit);
    }
}
