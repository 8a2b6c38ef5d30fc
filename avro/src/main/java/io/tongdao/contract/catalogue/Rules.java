package io.tongdao.contract.catalogue;

import java.time.Period;
import java.util.List;
import java.util.Map;

/**
 * What the agency writes of its rows (art. 19, GB/T 36344), beside what follows from the catalogue by itself.
 *
 * @param required items that every row has (完整性)
 * @param unique items of which no two rows have the same value (唯一性)
 * @param timely item with a day → how long after it a row may be new at the source (时效性)
 * @param checks conditions on one row, by name (一致性)
 */
public record Rules(List<Ref> required, List<Ref> unique, Map<Ref, Period> timely, Map<String, Condition> checks) {
    static final Rules NONE = new Rules(List.of(), List.of(), Map.of(), Map.of());

    /** @param holds CEL over the items of the dataset */
    public record Condition(Place at, String label, Ref holds) {}

    boolean isEmpty() {
        return required.isEmpty() && unique.isEmpty() && timely.isEmpty() && checks.isEmpty();
    }
}
