package io.tongdao.contract.plan;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.tongdao.contract.identity.CitizenId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of values that are all known: CEL, without a clock. Text, codes, divisions and identifiers are strings, dates and
 * timestamps ISO-8601 strings, decimals doubles. {@code id_sex} and {@code id_birth} give what a citizen number says: {@code "1"} male,
 * {@code "2"} female, and an ISO date; of any other number nothing, and the expression then says nothing.
 */
public final class RecordExpression {
    private static final String SEX = "id_sex";
    private static final String BIRTH = "id_birth";
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addFunctionBindings(
                    CelFunctionBinding.from(SEX, String.class, RecordExpression::sex),
                    CelFunctionBinding.from(BIRTH, String.class, RecordExpression::birth))
            .build();
    private static final int SEQUENCE_END = 16;
    private final CelRuntime.Program program;
    private final List<String> variables;
    private final Map<String, ItemType> types;

    private RecordExpression(CelRuntime.Program program, List<String> variables, Map<String, ItemType> types) {
        this.program = program;
        this.variables = variables;
        this.types = types;
    }

    /** A text that is no CEL over its variables. */
    public static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param types every variable that it may name; {@code a.b} is one variable
     * @throws Refused if it is no expression with a yes or no; says where
     */
    public static RecordExpression compile(String text, Map<String, ItemType> types) {
        CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setResultType(SimpleType.BOOL)
                .addFunctionDeclarations(function(SEX), function(BIRTH));
        types.forEach((name, type) -> compiler.addVar(name, CelValues.type(type)));
        try {
            CelAbstractSyntaxTree tree = compiler.build().compile(text).getAst();
            return new RecordExpression(RUNTIME.createProgram(tree), named(tree, types), Map.copyOf(types));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    /** What it names, sorted. */
    public List<String> variables() {
        return variables;
    }

    /**
     * @param values of {@link #variables}, in their order, as a claim has them
     * @return null: it says nothing about these values
     */
    @SuppressWarnings("NullAway") // a value that is not known never comes here
    public @Nullable Boolean holds(Object[] values) {
        Map<String, Object> known = HashMap.newHashMap(values.length);
        for (int i = 0; i < values.length; i++) {
            String name = variables.get(i);
            known.put(name, CelValues.value(values[i], types.get(name)));
        }
        try {
            return Boolean.TRUE.equals(program.eval(known));
        } catch (CelEvaluationException e) {
            return null; // its text may quote a value
        }
    }

    private static CelFunctionDecl function(String name) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(name, SimpleType.STRING, SimpleType.STRING));
    }

    private static String sex(String id) {
        return (exact(id).charAt(SEQUENCE_END) - '0') % 2 == 1 ? "1" : "2";
    }

    private static String birth(String id) {
        String exact = exact(id);
        return exact.substring(6, 10) + '-' + exact.substring(10, 12) + '-' + exact.substring(12, 14);
    }

    private static String exact(String id) {
        if (!CitizenId.isExact(id)) {
            throw new IllegalArgumentException("no citizen number");
        }
        return id;
    }

    private static List<String> named(CelAbstractSyntaxTree tree, Map<String, ItemType> types) {
        TreeSet<String> names = new TreeSet<>();
        tree.getReferenceMap().values().forEach(reference -> names.add(reference.name()));
        names.retainAll(types.keySet());
        return List.copyOf(new ArrayList<>(names));
    }
}
