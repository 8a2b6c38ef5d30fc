package io.tongdao.ops.province;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what every table must hold, from the agencies' databases as they are now and the catalogue alone: it shares no code with the
 * stages that it judges. The databases must be at rest meanwhile.
 *
 * <p>Subjects are taken in portions by the hash of their identifier, with one pass over the databases for each, so that a large
 * province needs little memory; tables, and then subjects, as many at a time as there are processors.
 */
public final class Oracle {
    private static final int PORTION = 50_000;
    private final Plan plan;
    private final ProvinceDatabases databases;
    private final TokenFunction tokens;
    private final List<SourceRows> sources;
    private final Map<String, GoldenRules> goldenRules;

    public Oracle(Plan plan, ProvinceDatabases databases, TokenFunction tokens) {
        this.plan = plan;
        this.databases = databases;
        this.tokens = tokens;
        this.goldenRules = GoldenRules.all(plan);
        this.sources = plan.datasets().values().stream()
                .filter(dataset -> SourceRows.known(dataset.id()))
                .map(SourceRows::new)
                .toList();
    }

    /** Takes the rows that tables must hold, on several threads. */
    interface Sink {
        void row(String table, String key, Map<String, @Nullable String> values);
    }

    /**
     * Beside the tables.
     *
     * @param rejects dataset and item → number of rows
     */
    record Findings(Set<Discrepancy> discrepancies, Map<String, Integer> rejects) {}

    /** The tables that are expected → their columns. */
    Map<String, Set<String>> tables(List<Grant> grants) {
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        for (DatasetPlan dataset : plan.datasets().values()) {
            if (SourceRows.known(dataset.id())) {
                tables.put(sourceTable(dataset), columns(dataset));
            }
        }
        for (BasePlan base : plan.bases().values()) {
            Set<String> columns = new LinkedHashSet<>(base.items().keySet());
            columns.add(BasePlan.SOURCES);
            columns.add(BasePlan.DISPUTED);
            tables.put(baseTable(base), columns);
        }
        tables.putAll(new ThemeRules(plan).tables());
        for (Grant grant : grants) {
            Set<String> columns = new LinkedHashSet<>(grant.items().keySet());
            columns.add(BasePlan.DISPUTED);
            columns.add(ReleaseRules.WITHHELD);
            tables.put(grant.lakeTable(), columns);
        }
        return tables;
    }

    private static Set<String> columns(DatasetPlan dataset) {
        Set<String> columns = new LinkedHashSet<>();
        dataset.topic().schema().getFields().forEach(field -> columns.add(field.name()));
        return columns;
    }

    /** {@code src_<agency>.<dataset>}. */
    static String sourceTable(DatasetPlan dataset) {
        return "src_" + dataset.id();
    }

    /** A base database's name, of what names its table. */
    static String base(String table) {
        return table.startsWith("base.") ? table.substring("base.".length()) : table;
    }

    static String baseTable(BasePlan base) {
        return "base." + base.name();
    }

    /** Tells the sink every row that must be there. */
    Findings expect(List<Grant> grants, int people, Sink sink) throws SQLException {
        Set<Discrepancy> discrepancies = new ConcurrentSkipListSet<>();
        List<ReleaseRules> rules = grants.stream().map(this::rules).toList();
        int portions = Math.max(1, (people + PORTION - 1) / PORTION);
        ThemeRules themes = new ThemeRules(plan);
        try (Hands hands = new Hands()) {
            Portions subjects = new Portions(portions, hands);
            if (themes.asks()) {
                subjects.each(themes::note);
                subjects.each(themes::learn);
            }
            subjects.each(claims -> {
                subject(claims, rules, discrepancies, sink);
                themes.of(claims).forEach(row -> theme(row, rules, sink));
            });
            return new Findings(discrepancies, subjects.rejects);
        }
    }

    /** All subjects, several times over: read in portions that fit into memory, and once only where one portion is all. */
    private final class Portions {
        private final int count;
        private final Hands hands;
        private final Map<String, Integer> rejects = new TreeMap<>();
        private @Nullable List<List<Claimed>> whole;

        Portions(int count, Hands hands) {
            this.count = count;
            this.hands = hands;
        }

        /** @param each for several threads */
        void each(Consumer<List<Claimed>> each) throws SQLException {
            if (count == 1) {
                whole = whole == null ? read(0) : whole;
                hands.each(whole, each);
                return;
            }
            for (int portion = 0; portion < count; portion++) {
                hands.each(read(portion), each);
            }
        }

        /** The rows of each subject of a portion, those of one dataset after those of another. */
        private List<List<Claimed>> read(int portion) throws SQLException {
            Map<String, List<Claimed>> subjects = new HashMap<>();
            for (Portion of : hands.all(sources, source -> Portion.read(source, databases, portion, count))) {
                of.claimed.forEach(claimed -> subjects.computeIfAbsent(claimed.subject(), s -> new ArrayList<>(4))
                        .add(claimed));
                rejects.putAll(of.rejects);
            }
            return List.copyOf(subjects.values());
        }
    }

    /** What one dataset has of a portion; every portion finds all rejects of the dataset. */
    private record Portion(List<Claimed> claimed, Map<String, Integer> rejects) {
        static Portion read(SourceRows source, ProvinceDatabases databases, int portion, int portions)
                throws SQLException {
            Portion read = new Portion(new ArrayList<>(), new TreeMap<>());
            source.read(
                    databases,
                    claimed -> {
                        if (Math.floorMod(claimed.subject().hashCode(), portions) == portion) {
                            read.claimed.add(claimed);
                        }
                    },
                    item -> read.rejects.merge(source.dataset() + "." + item, 1, Integer::sum));
            return read;
        }
    }

    private static void theme(ThemeRules.ThemeRow row, List<ReleaseRules> rules, Sink sink) {
        Map<String, @Nullable String> values = new LinkedHashMap<>(row.items());
        values.put(BasePlan.DISPUTED, Canonical.list(row.disputed()));
        sink.row(ThemeRules.table(row.theme()), row.key(), values);
        String table = "theme." + row.theme().id();
        release(table, row.kind(), row.subject(), row.row(), row.items(), row.disputed(), rules, sink);
    }

    private void subject(List<Claimed> claims, List<ReleaseRules> rules, Set<Discrepancy> discrepancies, Sink sink) {
        for (Claimed claim : claims) {
            DatasetPlan dataset = dataset(claim);
            sink.row(sourceTable(dataset), claim.key(), claim.items());
            release(dataset.id(), claim.kind(), claim.subject(), claim.row(), claim.items(), Set.of(), rules, sink);
        }
        for (BasePlan base : plan.bases().values()) {
            List<Claimed> own = GoldenRules.heard(goldenRules, base.kind(), claims);
            if (!own.isEmpty()) {
                golden(base, own, rules, discrepancies, sink);
            }
        }
    }

    private void golden(
            BasePlan base, List<Claimed> claims, List<ReleaseRules> rules, Set<Discrepancy> discrepancies, Sink sink) {
        String subject = claims.getFirst().subject();
        GoldenRules.Outcome outcome =
                Objects.requireNonNull(goldenRules.get(base.name())).of(claims);
        outcome.conflicts().forEach(item -> discrepancies.add(new Discrepancy(subject, item)));
        outcome.golden().ifPresent(golden -> {
            Map<String, @Nullable String> row = new LinkedHashMap<>(golden.items());
            row.put(BasePlan.SOURCES, golden.sources().toString());
            row.put(BasePlan.DISPUTED, Canonical.list(golden.disputed()));
            sink.row(baseTable(base), subject, row);
            release(
                    "base." + base.name(),
                    base.kind(),
                    subject,
                    "",
                    new LinkedHashMap<>(golden.items()),
                    golden.disputed(),
                    rules,
                    sink);
        });
    }

    private static void release(
            String table,
            SubjectKind kind,
            String subject,
            String row,
            Map<String, @Nullable String> items,
            Set<String> disputed,
            List<ReleaseRules> rules,
            Sink sink) {
        for (ReleaseRules rule : rules) {
            if (rule.grant().table().equals(table) && rule.sees(items)) {
                sink.row(rule.grant().lakeTable(), rule.key(kind, subject, row), rule.released(items, disputed));
            }
        }
    }

    private ReleaseRules rules(Grant grant) {
        Map<String, ItemType> types = new HashMap<>();
        DatasetPlan dataset = plan.datasets().get(grant.table());
        if (dataset != null) {
            dataset.items().values().forEach(item -> types.put(item.name(), item.type()));
            return new ReleaseRules(grant, types, dataset.rowKey(), tokens);
        }
        ThemePlan theme = plan.theme(grant.table());
        if (theme != null) {
            theme.items().values().forEach(item -> types.put(item.name(), item.type()));
            return new ReleaseRules(grant, types, rowKey(theme), tokens);
        }
        BasePlan base = plan.bases().get(base(grant.table()));
        if (base == null) {
            throw new IllegalArgumentException("grant " + grant.id() + " is of no table of the catalogue");
        }
        base.items().values().forEach(item -> types.put(item.name(), item.type()));
        return new ReleaseRules(grant, types, List.of(), tokens);
    }

    /** By the names that the table shows; what it doesn't show is granted to nobody. */
    private static List<String> rowKey(ThemePlan theme) {
        return theme.rowKey().stream()
                .map(key -> theme.items().values().stream()
                        .filter(item -> item.by().isEmpty()
                                && item.source().equals(theme.rows())
                                && item.sourceItem().equals(key))
                        .map(ThemePlan.Item::name)
                        .findFirst()
                        .orElse("?"))
                .toList();
    }

    private DatasetPlan dataset(Claimed claim) {
        DatasetPlan dataset = plan.datasets().get(claim.dataset());
        if (dataset == null) {
            throw new IllegalStateException("no dataset " + claim.dataset());
        }
        return dataset;
    }
}
