package io.tongdao.ops.province;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.province.Expected.Verdict;
import io.tongdao.ops.province.Fingerprints.Print;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the channel has made against the {@link Oracle}, row by row: nothing missing, nothing more, nothing different. Reports
 * show fingerprints and column names; values only if {@code showValues} is set.
 *
 * <p>Several threads may hold several tables against it at a time, each another.
 */
public final class Verify {
    private static final int EXAMPLES = 3;
    private final Oracle oracle;
    private final List<Grant> grants;
    private final int people;
    private final boolean showValues;
    private final Fingerprints prints = new Fingerprints();
    private final Map<String, Expected> expected = new LinkedHashMap<>();
    private final Oracle.Findings findings;

    private Verify(Oracle oracle, List<Grant> grants, int people, boolean showValues) throws SQLException {
        this.oracle = oracle;
        this.grants = grants;
        this.people = people;
        this.showValues = showValues;
        oracle.tables(grants).forEach((table, columns) -> expected.put(table, new Expected(columns)));
        this.findings =
                oracle.expect(grants, people, (table, key, values) -> of(table).add(prints.of(key), prints.of(values)));
    }

    /** Reads the databases once and keeps what must be there as fingerprints. */
    public static Verify against(Oracle oracle, List<Grant> grants, int people, boolean showValues)
            throws SQLException {
        return new Verify(oracle, grants, people, showValues);
    }

    /** Every table that the catalogue and the grants call for, by name. */
    public List<String> names() {
        return List.copyOf(expected.keySet());
    }

    /** Every table that the catalogue and the grants call for. */
    public List<Check> tables(TableReader reader) throws SQLException {
        List<Check> checks = new ArrayList<>();
        for (String table : expected.keySet()) {
            checks.add(table(table, table, reader.rows(table)));
        }
        return checks;
    }

    /**
     * One table, or what must be equal to it: a topic, a delivered database.
     *
     * @param name what is shown
     * @param table whose rows are expected
     */
    public Check table(String name, String table, Iterator<Map<String, @Nullable Object>> rows) throws SQLException {
        Expected wanted = of(table);
        wanted.restart();
        Comparison comparison = new Comparison(wanted);
        rows.forEachRemaining(comparison::see);
        int missing = wanted.missing() + wanted.doubled();
        List<String> examples = missing == 0 && comparison.extra + comparison.different == 0
                ? List.of()
                : explain(table, wanted, comparison);
        return new Check(
                name, wanted.size(), comparison.actual, missing, comparison.extra, comparison.different, examples);
    }

    /** The open discrepancies that the channel reports, against what the databases say. */
    public Check discrepancies(Collection<Discrepancy> open) {
        return sets("open discrepancies = the databases'", findings.discrepancies(), open);
    }

    /** The planted truth against what the databases say: the generator and the oracle judge apart. */
    public Check planted(Truth truth) {
        return sets("discrepancies in the databases = planted", truth.disagreements(), findings.discrepancies());
    }

    /**
     * The quarantine against what the databases hold.
     *
     * @param actual dataset and item at fault, {@code agency.dataset.item} → number of rows in quarantine
     */
    public Check rejects(Map<String, Integer> actual) {
        return counts("rejected rows = the databases'", findings.rejects(), actual);
    }

    /** Bad rows by dataset: planted against what the databases hold. */
    public Check plantedRejects(Truth truth) {
        Map<String, Integer> byDataset = new TreeMap<>();
        findings.rejects()
                .forEach((item, rows) -> byDataset.merge(item.substring(0, item.lastIndexOf('.')), rows, Integer::sum));
        Map<String, Integer> planted = new TreeMap<>(truth.badRows());
        planted.values().removeIf(rows -> rows == 0);
        return counts("bad rows in the databases = planted", planted, byDataset);
    }

    private Expected of(String table) {
        Expected wanted = expected.get(table);
        if (wanted == null) {
            throw new IllegalArgumentException("nothing is expected of a table " + table);
        }
        return wanted;
    }

    private Check sets(String name, Set<Discrepancy> wanted, Collection<Discrepancy> actual) {
        Set<Discrepancy> missing = new TreeSet<>(wanted);
        missing.removeAll(new HashSet<>(actual));
        Set<Discrepancy> extra = new TreeSet<>(actual);
        extra.removeAll(wanted);
        List<String> examples = new ArrayList<>();
        missing.stream().limit(EXAMPLES).forEach(d -> examples.add("missing " + shown(d.subject()) + " " + d.item()));
        extra.stream().limit(EXAMPLES).forEach(d -> examples.add("extra " + shown(d.subject()) + " " + d.item()));
        return new Check(name, wanted.size(), actual.size(), missing.size(), extra.size(), 0, examples);
    }

    private static Check counts(String name, Map<String, Integer> wanted, Map<String, Integer> actual) {
        Set<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(actual.keySet());
        long missing = 0;
        long extra = 0;
        List<String> examples = new ArrayList<>();
        for (String each : names) {
            int difference = actual.getOrDefault(each, 0) - wanted.getOrDefault(each, 0);
            missing += Math.max(0, -difference);
            extra += Math.max(0, difference);
            if (difference != 0) {
                examples.add(each + ": " + wanted.getOrDefault(each, 0) + " expected, " + actual.getOrDefault(each, 0)
                        + " found");
            }
        }
        return new Check(name, sum(wanted), sum(actual), missing, extra, 0, examples);
    }

    private static long sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private String shown(String key) {
        return showValues ? key : "#" + prints.shown(key);
    }

    /** Goes over the databases once more for the few rows that are wrong. */
    private synchronized List<String> explain(String table, Expected wanted, Comparison comparison)
            throws SQLException {
        List<String> examples = new ArrayList<>(comparison.examples);
        int[] missing = {0};
        oracle.expect(grants, people, (of, key, values) -> {
            if (of.equals(table)) {
                Print print = prints.of(key);
                synchronized (examples) {
                    Map<String, @Nullable String> actual = comparison.differing.get(print);
                    if (actual != null) {
                        examples.add(difference(key, values, actual));
                    } else if (wanted.missing(print) && missing[0]++ < EXAMPLES) {
                        examples.add("missing " + shown(key));
                    }
                }
            }
        });
        return examples;
    }

    private String difference(String key, Map<String, @Nullable String> wanted, Map<String, @Nullable String> actual) {
        Set<String> columns = new TreeSet<>(wanted.keySet());
        columns.addAll(actual.keySet());
        StringBuilder text = new StringBuilder("different " + shown(key) + " in");
        for (String column : columns) {
            String expect = wanted.get(column);
            String found = actual.get(column);
            if (expect == null ? found != null : !expect.equals(found)) {
                text.append(' ').append(column);
                text.append(showValues ? "(" + expect + " -> " + found + ")" : "");
            }
        }
        return text.toString();
    }

    /** One pass over actual rows. */
    private final class Comparison {
        private final Expected wanted;
        private final Map<Print, Map<String, @Nullable String>> differing = new HashMap<>();
        private final List<String> examples = new ArrayList<>();
        private long actual;
        private long extra;
        private long different;

        Comparison(Expected wanted) {
            this.wanted = wanted;
        }

        void see(Map<String, @Nullable Object> row) {
            actual++;
            String key = String.valueOf(row.get(TableReader.KEY));
            Map<String, @Nullable String> values = canonical(row);
            Print print = prints.of(key);
            switch (wanted.see(print, prints.of(values))) {
                case Verdict.SAME -> {}
                case Verdict.DIFFERENT -> {
                    different++;
                    if (differing.size() < EXAMPLES) {
                        differing.put(print, values);
                    }
                }
                case Verdict.EXTRA -> {
                    if (extra++ < EXAMPLES) {
                        examples.add("extra " + shown(key));
                    }
                }
            }
        }

        private Map<String, @Nullable String> canonical(Map<String, @Nullable Object> row) {
            Map<String, @Nullable String> values = new HashMap<>();
            row.forEach((column, value) -> {
                if (wanted.columns().contains(column) || !column.startsWith("_")) {
                    values.put(column, Canonical.text(value));
                }
            });
            return values;
        }
    }
}
