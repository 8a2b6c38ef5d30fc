package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.RecordExpression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A check of a base database, ready to be applied to what is known of a subject. */
final class CheckRule {
    private final CrossCheck check;
    private final RecordExpression expression;

    /** Of each variable the dataset, empty where it is a golden item. */
    private final String[] datasets;

    private final String[] items;

    /** What must have no value: of the row that speaks in the variable, the item. */
    private final List<Missing> missing;

    private record Missing(int variable, String item) {}

    /** @param types of every variable that the check may name */
    CheckRule(CrossCheck check, Map<String, ItemType> types) {
        this.check = check;
        this.expression = RecordExpression.compile(check.holds(), types);
        List<String> variables = expression.variables();
        this.datasets = new String[variables.size()];
        this.items = new String[variables.size()];
        for (int i = 0; i < items.length; i++) {
            String name = variables.get(i);
            int dot = name.indexOf('.');
            datasets[i] = dot < 0 ? "" : Objects.requireNonNull(check.reads().get(name.substring(0, dot)), name);
            items[i] = name.substring(dot + 1);
        }
        this.missing =
                check.missing().stream().map(name -> missing(name, variables)).toList();
    }

    private static Missing missing(String name, List<String> variables) {
        String alias = name.substring(0, name.indexOf('.') + 1);
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).startsWith(alias)) {
                return new Missing(i, name.substring(alias.length()));
            }
        }
        throw new IllegalArgumentException("no row speaks that could lack " + name);
    }

    CrossCheck check() {
        return check;
    }

    /** The conflict if it does not hold; null: it holds, or says nothing since a value that it reads is not known. */
    @Nullable
    Conflict apply(String subject, String base, Spoken spoken, Map<String, GoldenRecord.Item> golden, ValueSets names) {
        Object[] values = new Object[items.length];
        List<String> sources = new ArrayList<>(items.length);
        for (int i = 0; i < items.length; i++) {
            String source = source(i, spoken, golden, values);
            if (source.isEmpty()) {
                return null;
            }
            if (!sources.contains(source)) {
                sources.add(source);
            }
        }
        return !complete(spoken) && Boolean.FALSE.equals(expression.holds(values))
                ? conflict(subject, base, sources, values, names)
                : null;
    }

    /** Whether something has a value that must be missing. */
    private boolean complete(Spoken spoken) {
        for (Missing one : missing) {
            Claim claim = spoken.by(datasets[one.variable()], items[one.variable()]);
            Object value = claim == null ? null : claim.items().get(one.item());
            if (value != null && value != Withdrawn.VALUE) {
                return true;
            }
        }
        return false;
    }

    /** Puts a variable's value and says which dataset it is of; empty: it is not known. */
    private String source(int i, Spoken spoken, Map<String, GoldenRecord.Item> golden, Object[] values) {
        if (datasets[i].isEmpty()) {
            GoldenRecord.Item item = golden.get(items[i]);
            if (item == null) {
                return "";
            }
            values[i] = item.value();
            return item.dataset();
        }
        Claim claim = spoken.by(datasets[i], items[i]);
        Object value = claim == null ? null : claim.items().get(items[i]);
        if (value == null || value == Withdrawn.VALUE) {
            return "";
        }
        values[i] = value;
        return datasets[i];
    }

    private Conflict conflict(String subject, String base, List<String> sources, Object[] values, ValueSets names) {
        SortedMap<String, String> said = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            said.put(
                    expression.variables().get(i) + '@' + datasets[i],
                    value instanceof BigDecimal number
                            ? number.stripTrailingZeros().toPlainString()
                            : value.toString());
        }
        said.put("", String.join(",", sources)); // the same values of other sources are another matter
        String name = names.name(subject, base, check.name(), said);
        List<String> others = new ArrayList<>(sources.subList(1, sources.size()));
        others.sort(null);
        return new Conflict(
                check.name(), sources.getFirst(), List.copyOf(others), List.of(check.addressee()), name, name);
    }
}
