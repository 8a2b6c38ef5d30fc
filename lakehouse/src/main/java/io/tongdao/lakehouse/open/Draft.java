package io.tongdao.lakehouse.open;

import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.PublicationPlan.Item;
import io.tongdao.contract.open.Rung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A publication in the making: its table's rows as the search sees them, what is published of them, and what is remembered of that. */
public final class Draft {
    private final PublicationPlan plan;
    private final Generaliser generaliser;
    private final UnaryOperator<String> seal;
    private final List<Row> rows;
    private final Map<String, Remembered> before;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Integer> subjectNumbers = new HashMap<>();
    private final Map<String, Integer> sensitiveNumbers = new HashMap<>();

    /**
     * One row.
     *
     * @param token of its key: by it the row is found again in the next version
     * @param subject a token of whom it is about
     * @param values of the publication's items, in their order
     */
    public record Row(String token, String subject, List<@Nullable String> values) {
        @Override
        public String toString() {
            return "Row[***]";
        }
    }

    /**
     * @param seal makes a token of a sensitive value, by which it is told from others and not known
     * @param before all that was ever published
     */
    public Draft(
            PublicationPlan plan,
            Generaliser generaliser,
            UnaryOperator<String> seal,
            List<Row> rows,
            List<Remembered> before) {
        this.plan = plan;
        this.generaliser = generaliser;
        this.seal = seal;
        this.rows = rows.stream().sorted(Comparator.comparing(Row::token)).toList();
        plan.items().keySet().forEach(item -> columns.put(item, columns.size()));
        this.before = new HashMap<>();
        before.forEach(one -> this.before.put(one.row(), one));
    }

    /** The rows in the order of their tokens, which has nothing to do with what they say. */
    public Snapshot snapshot() {
        List<List<int[]>> quasi = plan.quasi().stream().map(this::ladder).toList();
        List<int[]> sensitive = plan.sensitive().stream()
                .map(item -> numbers(
                        sensitiveNumbers,
                        rows.stream().map(row -> sealed(item, row)).toList()))
                .toList();
        int[] subjects = numbers(subjectNumbers, rows.stream().map(Row::subject).toList());
        return new Snapshot(subjects, quasi, sensitive, past());
    }

    private List<int[]> ladder(Item item) {
        List<int[]> rungs = new ArrayList<>();
        for (Rung rung : item.ladder()) {
            List<String> published =
                    rows.stream().map(row -> marked(on(rung, item, row))).toList();
            rungs.add(numbers(new HashMap<>(), published));
        }
        return rungs;
    }

    /** What is not known is a value of its own. */
    private static String marked(@Nullable String value) {
        return value == null ? "" : '=' + value;
    }

    /** Equal numbers for equal texts; -1 for an empty one. */
    private static int[] numbers(Map<String, Integer> known, List<String> texts) {
        return texts.stream()
                .mapToInt(text -> text.isEmpty() ? -1 : known.computeIfAbsent(text, any -> known.size()))
                .toArray();
    }

    private @Nullable String on(Rung rung, Item item, Row row) {
        return generaliser.on(rung, item.type(), row.values().get(columns.getOrDefault(item.name(), 0)));
    }

    private String sealed(Item item, Row row) {
        String value = on(item.ladder().getFirst(), item, row);
        return value == null ? "" : seal.apply(item.name() + '=' + value);
    }

    private Snapshot.Past past() {
        int[] atoms = rows.stream().mapToInt(this::atom).toArray();
        List<int[]> told = plan.sensitive().stream()
                .map(item -> rows.stream().map(row -> toldBefore(row, item)).toList())
                .map(tokens -> numbers(sensitiveNumbers, tokens))
                .toList();
        Set<String> present = new HashSet<>();
        rows.forEach(row -> present.add(row.token()));
        List<Snapshot.Gone> gone = before.values().stream()
                .filter(one -> !present.contains(one.row()))
                .map(one -> new Snapshot.Gone(one.atom(), subject(one), numbers(sensitiveNumbers, told(one))))
                .toList();
        return new Snapshot.Past(atoms, told, gone);
    }

    private int atom(Row row) {
        Remembered one = before.get(row.token());
        return one == null ? Snapshot.NEVER : one.atom();
    }

    private String toldBefore(Row row, Item item) {
        Remembered one = before.get(row.token());
        return one == null ? "" : one.told().getOrDefault(item.name(), "");
    }

    private int subject(Remembered one) {
        return subjectNumbers.computeIfAbsent(one.subject(), any -> subjectNumbers.size());
    }

    private List<String> told(Remembered one) {
        return plan.sensitive().stream()
                .map(item -> one.told().getOrDefault(item.name(), ""))
                .toList();
    }

    /** The rung on which each item is published. */
    public Map<String, Rung> rungs(Outcome outcome) {
        Map<String, Rung> rungs = new LinkedHashMap<>();
        int next = 0;
        for (Item item : plan.items().values()) {
            boolean quasi = item.role() == PublicationPlan.Role.QUASI;
            rungs.put(item.name(), item.ladder().get(quasi ? outcome.levels()[next++] : 0));
        }
        return rungs;
    }

    /** What is published: the values of the items that are not dropped. */
    public List<List<@Nullable String>> table(Outcome outcome) {
        Map<String, Rung> rungs = rungs(outcome);
        List<Item> shown = plan.items().values().stream()
                .filter(item -> rungs.get(item.name()) != Rung.DROP)
                .toList();
        List<List<@Nullable String>> table = new ArrayList<>();
        for (int number = 0; number < rows.size(); number++) {
            if (outcome.group()[number] != Outcome.LEFT_OUT) {
                Row row = rows.get(number);
                List<@Nullable String> cells = new ArrayList<>();
                shown.forEach(item -> cells.add(on(rungs.getOrDefault(item.name(), Rung.DROP), item, row)));
                table.add(cells);
            }
        }
        return table;
    }

    /** All that will have been published once this is: atoms are split by who is in it, and in which group. */
    public List<Remembered> remember(Outcome outcome) {
        Map<List<Integer>, Integer> atoms = new HashMap<>();
        Map<String, Remembered> after = new HashMap<>();
        before.values().forEach(one -> after.put(one.row(), moved(one, Outcome.LEFT_OUT, one.told(), atoms)));
        for (int number = 0; number < rows.size(); number++) {
            Row row = rows.get(number);
            int group = outcome.group()[number];
            if (group != Outcome.LEFT_OUT) {
                Remembered was = before.getOrDefault(
                        row.token(), new Remembered(row.token(), row.subject(), Snapshot.NEVER, Map.of()));
                Map<String, String> told = new HashMap<>();
                plan.sensitive().forEach(item -> told.put(item.name(), sealed(item, row)));
                after.put(row.token(), moved(was, group, told, atoms));
            }
        }
        return after.values().stream()
                .sorted(Comparator.comparing(Remembered::row))
                .toList();
    }

    private static Remembered moved(
            Remembered was, int group, Map<String, String> told, Map<List<Integer>, Integer> atoms) {
        int atom = atoms.computeIfAbsent(List.of(was.atom(), group), pair -> atoms.size());
        return new Remembered(was.row(), was.subject(), atom, told);
    }
}
