package io.tongdao.ops.opening;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.NamedSubjects;
import io.tongdao.contract.protect.Shield;
import io.tongdao.lakehouse.open.Draft;
import io.tongdao.lakehouse.query.LakeQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a publication's table in one snapshot of the lakehouse. What is protected is not among them, whether stages have heard of it or not. */
final class OpenRows {
    private final PublicationPlan publication;
    private final List<String> items;
    private final List<String> naming;
    private final Schema named;
    private final NamedSubjects subjects;
    private final String table;

    OpenRows(Plan plan, PublicationPlan publication) {
        this.publication = publication;
        this.table = lake(publication.table());
        DatasetPlan dataset = plan.datasets().get(publication.table());
        Map<String, ItemType> types = dataset == null ? types(plan, publication) : dataset.naming();
        this.items = List.copyOf(publication.items().keySet());
        this.naming =
                NamedSubjects.items(types).filter(types::containsKey).distinct().toList();
        this.named = schema(naming);
        this.subjects = new NamedSubjects(types, dataset == null ? Set.of() : dataset.formerly(), named);
    }

    private static Map<String, ItemType> types(Plan plan, PublicationPlan publication) {
        Map<String, ItemType> types = new LinkedHashMap<>();
        GrantTable.of(plan, publication.table()).items().forEach((name, item) -> types.put(name, item.type()));
        return types;
    }

    private static Schema schema(List<String> fields) {
        SchemaBuilder.FieldAssembler<Schema> schema =
                SchemaBuilder.record("named").fields();
        fields.forEach(schema::optionalString);
        return schema.endRecord();
    }

    /** Its name in the lakehouse. */
    private static String lake(String table) {
        if (table.startsWith("base.")) {
            return table;
        }
        return table.startsWith("theme.") ? table.replaceFirst("\\.", "_") : "src_" + table;
    }

    /**
     * @param shield asked once the rows are read: a protection that came meanwhile counts
     * @param seal makes tokens of keys
     */
    List<Draft.Row> read(LakeQuery lake, Supplier<Shield> shield, UnaryOperator<String> seal) {
        int dot = table.indexOf('.');
        String columns = Stream.concat(items.stream(), naming.stream())
                .map(item -> "cast(" + quoted(item) + " as varchar)")
                .collect(Collectors.joining(", ", "_key, ", ""));
        String sql = "select " + columns + " from " + quoted(table.substring(0, dot)) + "."
                + quoted(table.substring(dot + 1));
        List<Read> read = lake.query(sql, this::all);
        Shield now = shield.get();
        return read.stream()
                .filter(row -> !hidden(now, row))
                .map(row -> new Draft.Row(
                        seal.apply("row=" + row.key().text()),
                        seal.apply("subject=" + row.key().subject()),
                        row.values()))
                .toList();
    }

    private record Read(SubjectKey key, List<@Nullable String> values, GenericRecord named) {
        @Override
        public String toString() {
            return "Read[***]";
        }
    }

    private List<Read> all(ResultSet result) throws SQLException {
        List<Read> read = new ArrayList<>();
        while (result.next()) {
            int column = 1;
            SubjectKey key = SubjectKey.parse(result.getString(column++).getBytes(UTF_8));
            List<@Nullable String> values = new ArrayList<>();
            for (int item = 0; item < items.size(); item++) {
                values.add(result.getString(column++));
            }
            GenericRecord names = new GenericData.Record(named);
            for (String item : naming) {
                names.put(item, result.getString(column++));
            }
            read.add(new Read(key, values, names));
        }
        return read;
    }

    private boolean hidden(Shield shield, Read row) {
        if (shield.empty()) {
            return false;
        }
        Set<String> names = subjects.in(row.named());
        names.remove(row.key().subject());
        return shield.hides(publication.table(), row.key().subject(), row.key().row(), names);
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
