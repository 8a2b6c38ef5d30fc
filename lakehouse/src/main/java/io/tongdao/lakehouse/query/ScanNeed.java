package io.tongdao.lakehouse.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.lakehouse.sink.RowShape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** One scan of DuckDB's plan in Iceberg's words: its columns, and a filter that is never stricter than DuckDB's. */
final class ScanNeed {
    private final TableVersion table;
    private final JsonNode get;

    ScanNeed(TableVersion table, JsonNode get) {
        this.table = table;
        this.get = get;
    }

    Pushdown.Need need() {
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode column : get.path("column_indexes")) {
            name(column).ifPresent(columns::add);
        }
        Expression filter = Expressions.alwaysTrue();
        for (JsonNode each : get.path("table_filters").path("filters")) {
            filter = Expressions.and(
                    filter,
                    column(each.path("key").asInt())
                            .map(column -> filter(column, each.path("value")))
                            .orElse(Expressions.alwaysTrue()));
        }
        return new Pushdown.Need(filter, columns);
    }

    /** The column that a filter is about; none if it is about a part of it. */
    private Optional<NestedField> column(int key) {
        if (!get.path("table_filters_by_projection").asBoolean()) {
            return Optional.empty();
        }
        JsonNode index = get.path("column_indexes").path(key);
        return index.path("child_indexes").isEmpty() ? name(index).map(table.schema()::findField) : Optional.empty();
    }

    private Optional<String> name(JsonNode index) {
        long place = index.path("index").asLong(-1);
        JsonNode names = get.path("names");
        return place >= 0 && place < names.size()
                ? Optional.of(names.path((int) place).asText())
                : Optional.empty();
    }

    private Expression filter(NestedField column, JsonNode filter) {
        return switch (filter.path("filter_type").asText()) {
            case "LEGACY_CONSTANT_COMPARISON" ->
                compared(column, filter.path("comparison_type").asText(), filter.path("constant"));
            case "LEGACY_IN_FILTER" -> in(column, filter.path("values"));
            case "LEGACY_IS_NULL" -> Expressions.isNull(column.name());
            case "LEGACY_IS_NOT_NULL" -> Expressions.notNull(column.name());
            case "LEGACY_OPTIONAL_FILTER" -> filter(column, filter.path("child_filter"));
            case "LEGACY_CONJUNCTION_AND" ->
                children(filter).map(child -> filter(column, child)).reduce(Expressions.alwaysTrue(), Expressions::and);
            case "LEGACY_CONJUNCTION_OR" ->
                children(filter).map(child -> filter(column, child)).reduce(Expressions.alwaysFalse(), Expressions::or);
            default -> Expressions.alwaysTrue();
        };
    }

    private static Stream<JsonNode> children(JsonNode filter) {
        return StreamSupport.stream(filter.path("child_filters").spliterator(), false);
    }

    private Expression compared(NestedField column, String comparison, JsonNode constant) {
        Optional<Object> value = value(column.type(), constant);
        if (value.isEmpty()) {
            return Expressions.alwaysTrue();
        }
        String name = column.name();
        return switch (comparison) {
            case "COMPARE_EQUAL" -> Expressions.and(Expressions.equal(name, value.get()), partition(name, value.get()));
            case "COMPARE_LESSTHAN" -> Expressions.lessThan(name, value.get());
            case "COMPARE_LESSTHANOREQUALTO" -> Expressions.lessThanOrEqual(name, value.get());
            case "COMPARE_GREATERTHAN" -> Expressions.greaterThan(name, value.get());
            case "COMPARE_GREATERTHANOREQUALTO" -> Expressions.greaterThanOrEqual(name, value.get());
            default -> Expressions.alwaysTrue();
        };
    }

    /** A key says which Kafka partition's files can hold it. */
    private Expression partition(String column, Object value) {
        return column.equals(RowShape.KEY) && table.partitions().isPresent()
                ? Expressions.equal(
                        RowShape.PARTITION,
                        SubjectKey.partition(
                                value.toString().getBytes(UTF_8),
                                table.partitions().getAsInt()))
                : Expressions.alwaysTrue();
    }

    private Expression in(NestedField column, JsonNode values) {
        Expression any = Expressions.alwaysFalse();
        for (JsonNode each : values) {
            any = Expressions.or(any, compared(column, "COMPARE_EQUAL", each));
        }
        return any;
    }

    /** None if there is no such literal of Iceberg: then nothing is said about it. */
    private static Optional<Object> value(Type type, JsonNode constant) {
        JsonNode value = constant.path("value");
        if (constant.path("is_null").asBoolean(true)) {
            return Optional.empty();
        }
        return switch (type) {
            case Types.StringType s when value.isTextual() -> Optional.of(value.asText());
            case Types.DateType d when value.isInt() -> Optional.of(value.asInt());
            case Types.IntegerType i when value.isInt() -> Optional.of(value.asInt());
            case Types.LongType l
            when value.isIntegralNumber() && value.canConvertToLong() -> Optional.of(value.asLong());
            case Types.TimestampType t when value.isIntegralNumber() -> Optional.of(value.asLong());
            case Types.DecimalType d
            when value.isIntegralNumber() -> Optional.of(new BigDecimal(new BigInteger(value.asText()), d.scale()));
            default -> Optional.empty();
        };
    }
}
