package io.tongdao.contract.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.tongdao.contract.plan.CelValues;
import io.tongdao.contract.plan.ItemType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;

/**
 * A condition on a row: CEL over the items of its table, without a clock. Text, codes and divisions are strings, dates and timestamps
 * ISO-8601 strings, decimals doubles; an unknown value is {@code null}. Compiled once, thread-safe.
 */
public final class RowExpression {
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private final CelRuntime.Program program;
    private final Map<String, ItemType> types;
    private final Set<String> items;

    private RowExpression(CelRuntime.Program program, Map<String, ItemType> types, Set<String> items) {
        this.program = program;
        this.types = types;
        this.items = items;
    }

    /** What a row says to a condition. */
    public enum Answer {
        YES,
        NO,
        /** It can't be worked out on this row: a value is missing, or has not the form that the condition takes for granted. */
        UNDECIDED
    }

    /** A text that is no condition on the items. */
    public static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param types the items of the table
     * @throws Refused if the text is no condition on them; says where
     */
    public static RowExpression compile(Map<String, ItemType> types, String condition) {
        CelCompilerBuilder compiler =
                CelCompilerFactory.standardCelCompilerBuilder().setResultType(SimpleType.BOOL);
        types.forEach((name, type) -> compiler.addVar(name, NullableType.create(CelValues.type(type))));
        try {
            CelAbstractSyntaxTree tree = compiler.build().compile(condition).getAst();
            return new RowExpression(RUNTIME.createProgram(tree), Map.copyOf(types), named(tree, types));
        } catch (CelValidationException e) {
            throw new Refused(
                    e.getErrors().stream().findFirst().map(RowExpression::line).orElse("it does not compile"));
        } catch (CelEvaluationException e) {
            throw new Refused("it can't be made ready");
        }
    }

    private static String line(CelIssue issue) {
        return "column " + (issue.getSourceLocation().getColumn() + 1) + ", " + issue.getMessage();
    }

    /** The items that the condition reads. */
    public Set<String> items() {
        return items;
    }

    /** Asks one row. */
    public Answer ask(GenericRecord row) {
        try {
            Object answer =
                    program.eval(name -> Optional.ofNullable(types.get(name)).map(type -> value(name, type, row)));
            return Boolean.TRUE.equals(answer) ? Answer.YES : Answer.NO;
        } catch (CelEvaluationException e) {
            return Answer.UNDECIDED; // its text may quote the value
        }
    }

    private static Set<String> named(CelAbstractSyntaxTree tree, Map<String, ItemType> types) {
        Set<String> names = new TreeSet<>();
        tree.getReferenceMap().values().forEach(reference -> names.add(reference.name()));
        names.retainAll(types.keySet());
        return names;
    }

    private static Object value(String item, ItemType type, GenericRecord row) {
        Object value = row.get(item);
        return value == null ? NullValue.NULL_VALUE : CelValues.value(value, type);
    }
}
