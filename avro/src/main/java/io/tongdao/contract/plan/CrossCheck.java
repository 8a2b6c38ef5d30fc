package io.tongdao.contract.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that must hold inside a golden record, or between sources (校核规则, art. 20). It says nothing while one of the values that it
 * reads is unknown.
 *
 * @param label what an official reads
 * @param holds CEL over the base database's items, and {@code alias.item} of datasets ({@link RecordExpression})
 * @param reads alias → dataset
 * @param missing {@code alias.item}: it says nothing where the row that speaks has a value here
 * @param variables that the expression names, sorted
 * @param blamed the dataset or agency that is told
 * @param disputes items of the base database that are disputed while it does not hold
 * @param grace how long it may not hold before that is told
 */
public record CrossCheck(
        String name,
        String label,
        String holds,
        Map<String, String> reads,
        List<String> missing,
        List<String> variables,
        String blamed,
        List<String> disputes,
        Duration grace) {

    /** The agency that is told. */
    public String addressee() {
        int dot = blamed.indexOf('.');
        return dot < 0 ? blamed : blamed.substring(0, dot);
    }

    /** The items that it reads of a dataset. */
    public Set<String> itemsOf(String dataset) {
        Set<String> items = new LinkedHashSet<>();
        Stream.concat(variables.stream(), missing.stream()).forEach(variable -> {
            int dot = variable.indexOf('.');
            if (dot > 0 && dataset.equals(reads.get(variable.substring(0, dot)))) {
                items.add(variable.substring(dot + 1));
            }
        });
        return items;
    }

    /** The items of the base database that it reads. */
    public List<String> golden() {
        List<String> golden = new ArrayList<>(variables);
        golden.removeIf(variable -> variable.indexOf('.') >= 0);
        return List.copyOf(golden);
    }
}
