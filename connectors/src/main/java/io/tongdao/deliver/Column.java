package io.tongdao.deliver;

import io.tongdao.contract.plan.ItemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a delivered table.
 *
 * @param label what an official calls it (数据项名称)
 * @param item the released item's type; null: a list of item names, as {@code _disputed}
 * @param type in the engine's SQL
 */
record Column(String name, String label, @Nullable ItemType item, String type) {

    /** The columns of a feed besides the key, in the order of the released schema. */
    static List<Column> of(DeliveryFeed feed, Dialect sql) {
        List<Column> columns = new ArrayList<>();
        feed.schema().getFields().forEach(field -> {
            DeliveryFeed.Item item = feed.items().get(field.name());
            columns.add(
                    item == null
                            ? new Column(
                                    field.name(), DeliveryFeed.LISTS.getOrDefault(field.name(), ""), null, sql.list())
                            : new Column(field.name(), item.label(), item.type(), sql.type(item.type())));
        });
        return List.copyOf(columns);
    }

    /** As the ledger keeps them: a line for each, name and type. */
    static String written(List<Column> columns) {
        Map<String, String> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return written(types);
    }

    /** Of name → type. */
    static String written(Map<String, String> types) {
        return types.entrySet().stream()
                .map(type -> type.getKey() + " " + type.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Name → type. */
    static Map<String, String> read(String written) {
        Map<String, String> types = new LinkedHashMap<>();
        written.lines().forEach(line -> {
            int space = line.indexOf(' ');
            types.put(line.substring(0, space), line.substring(space + 1));
        });
        return types;
    }
}
