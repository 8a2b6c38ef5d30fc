package io.tongdao.ops.cli;

import io.tongdao.quality.QualityCount;
import io.tongdao.quality.Violation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code flag.quality} says, its parts added up. Pure. */
final class QualityFigures {
    private final Map<String, Map<String, Map<String, Figure>>> figures = new TreeMap<>();
    private final Map<String, Violation> violations = new TreeMap<>();

    /** A and B of GB/T 36344. */
    record Figure(long conforming, long checked) {
        static final Figure NONE = new Figure(0, 0);

        Figure plus(Figure other) {
            return new Figure(conforming + other.conforming, checked + other.checked);
        }

        /** A/B as a share of one; 1 where nothing was checked. */
        double rate() {
            return checked == 0 ? 1 : (double) conforming / checked;
        }

        /** {@code 99.97%}; 100 only if it is. */
        String percent() {
            if (checked == 0) {
                return "-";
            }
            double percent = Math.floor(rate() * 10_000) / 100;
            return String.format("%.2f%%", percent);
        }
    }

    /** @param flags keys and values of the topic */
    static QualityFigures of(Map<String, byte[]> flags) {
        QualityFigures all = new QualityFigures();
        flags.forEach((key, value) -> {
            if (Violation.is(key)) {
                Violation found = Violation.parse(value);
                all.violations.put(String.join("|", found.dataset(), found.rule(), found.row()), found);
            } else if (QualityCount.is(key)) {
                all.add(QualityCount.parse(value));
            }
        });
        return all;
    }

    private void add(QualityCount count) {
        Map<String, Map<String, Figure>> rules = figures.computeIfAbsent(count.dataset(), none -> new TreeMap<>());
        count.rules()
                .forEach(rule -> rules.computeIfAbsent(rule.rule(), none -> new TreeMap<>())
                        .merge(count.window(), new Figure(rule.conforming(), rule.checked()), Figure::plus));
    }

    Collection<String> datasets() {
        return figures.keySet();
    }

    Collection<String> rules(String dataset) {
        return figures.getOrDefault(dataset, Map.of()).keySet();
    }

    Figure at(String dataset, String rule, String window) {
        return windows(dataset, rule).getOrDefault(window, Figure.NONE);
    }

    /** The days with figures, the newest first. */
    List<String> days(String dataset) {
        TreeSet<String> days = new TreeSet<>(Comparator.reverseOrder());
        figures.getOrDefault(dataset, Map.of()).values().forEach(windows -> days.addAll(windows.keySet()));
        days.removeIf(window -> !Character.isDigit(window.charAt(0)));
        return List.copyOf(days);
    }

    /** From the day before to the newest day that was checked: ↑, ↓ or →; empty with fewer than two days. */
    String trend(String dataset, String rule) {
        List<Figure> last = days(dataset).stream()
                .map(day -> at(dataset, rule, day))
                .filter(figure -> figure.checked() > 0)
                .limit(2)
                .toList();
        if (last.size() < 2) {
            return "";
        }
        int order = Double.compare(last.get(0).rate(), last.get(1).rate());
        return order > 0 ? "↑" : order < 0 ? "↓" : "→";
    }

    /** The rows that break a rule. */
    List<Violation> rows(String dataset, String rule) {
        return violations.values().stream()
                .filter(found -> found.dataset().equals(dataset) && found.rule().equals(rule))
                .toList();
    }

    private Map<String, Figure> windows(String dataset, String rule) {
        return figures.getOrDefault(dataset, Map.of()).getOrDefault(rule, Map.of());
    }
}
