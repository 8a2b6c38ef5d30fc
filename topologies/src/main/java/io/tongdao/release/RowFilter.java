package io.tongdao.release;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.ItemType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The row filter of a grant: CEL over the items of its table, without a clock. Text, codes and divisions are strings, dates and timestamps
 * ISO-8601 strings, decimals doubles; an unknown value is {@code null}. A row on which the filter fails is not released.
 */
final class RowFilter {
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private final CelRuntime.@Nullable Program program;
    private final Set<String> items;
    private final Map<String, GrantTable.Item> table;

    private RowFilter(CelRuntime.@Nullable Program program, Set<String> items, Map<String, GrantTable.Item> table) {
        this.program = program;
        this.items = items;
        this.table = table;
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
            return new RowFilter(null, Set.of(), table.items());
        }
        CelCompilerBuilder compiler =
                CelCompilerFactory.standardCelCompilerBuilder().setResultType(SimpleType.BOOL);
        table.items().values().forEach(item -> compiler.addVar(item.name(), NullableType.create(type(item.type()))));
        try {
            CelAbstractSyntaxTree tree = compiler.build().compile(filter).getAst();
            return new RowFilter(RUNTIME.createProgram(tree), named(tree, table), table.items());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new Refused("the filter is no CEL over " + table.name() + ": " + e.getMessage());
        }
    }

    /** The items that the filter reads. */
    Set<String> items() {
        return items;
    }

    boolean matches(GenericRecord row) {
        if (program == null) {
            return true;
        }
        try {
            return Boolean.TRUE.equals(
                    program.eval(name -> Optional.ofNullable(table.get(name)).map(i -> value(i, row))));
        } catch (CelEvaluationException e) {
            return false; // fail closed; its text may quote the value
        }
    }

    private static Set<String> named(CelAbstractSyntaxTree tree, GrantTable table) {
        Set<String> names = new TreeSet<>();
        tree.getReferenceMap().values().forEach(reference -> names.add(reference.name()));
        names.retainAll(table.items().keySet());
        return names;
    }

    private static Object value(GrantTable.Item item, GenericRecord row) {
        Object value = row.get(item.name());
        return value == null ? NullValue.NULL_VALUE : value(value, item.type());
    }

    private static Object value(Object value, ItemType type) {
        return switch (value) {
            case Integer days
            when type instanceof ItemType.Date -> LocalDate.ofEpochDay(days).toString();
            case Long micros
            when type instanceof ItemType.Timestamp ->
                LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY))
                        .atStartOfDay()
                        .plusNanos(Math.floorMod(micros, MICROS_A_DAY) * 1_000)
                        .toString();
            case Integer number -> number.longValue();
            case BigDecimal number -> number.doubleValue();
            default -> value;
        };
    }

    private static CelType type(ItemType type) {
        return switch (type) {
            case ItemType.Text t -> SimpleType.STRING;
            case ItemType.CitizenIdType t -> SimpleType.STRING;
            case ItemType.CreditCodeType t -> SimpleType.STRING;
            case ItemType.DocumentType t -> SimpleType.STRING;
            case ItemType.DivisionType t -> SimpleType.STRING;
            case ItemType.Code t -> SimpleType.STRING;
            case ItemType.Date t -> SimpleType.STRING;
            case ItemType.Timestamp t -> SimpleType.STRING;
            case ItemType.Int t -> SimpleType.INT;
            case ItemType.BigInt t -> SimpleType.INT;
            case ItemType.Bool t -> SimpleType.BOOL;
            case ItemType.Decimal t -> SimpleType.DOUBLE;
        };
    }
}
