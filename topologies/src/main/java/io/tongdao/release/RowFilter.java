package io.tongdao.release;

import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.rule.RowExpression;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The row filter of a grant: a {@link RowExpression} over the items of its table. A row on which it fails is not released. */
final class RowFilter {
    private final @Nullable RowExpression expression;

    private RowFilter(@Nullable RowExpression expression) {
        this.expression = expression;
    }

    /** A filter that is no CEL over the table's items. */
    static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** @throws Refused if the text is no filter on this table; says where */
    static RowFilter compile(GrantTable table, String filter) {
        if (filter.isBlank()) {
            return new RowFilter(null);
        }
        Map<String, ItemType> types = new HashMap<>();
        table.items().values().forEach(item -> types.put(item.name(), item.type()));
        try {
            return new RowFilter(RowExpression.compile(types, filter));
        } catch (RowExpression.Refused e) {
            throw new Refused("the filter is no CEL over " + table.name() + ": " + e.getMessage());
        }
    }

    /** The items that the filter reads. */
    Set<String> items() {
        return expression == null ? Set.of() : expression.items();
    }

    /** Fails closed: a row that can't be decided is not released. */
    boolean matches(GenericRecord row) {
        return expression == null || expression.ask(row) == RowExpression.Answer.YES;
    }
}
