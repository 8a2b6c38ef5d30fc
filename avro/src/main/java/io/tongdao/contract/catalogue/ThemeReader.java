package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency.Level;
import io.tongdao.contract.catalogue.Dataset.Assessment;
import io.tongdao.contract.catalogue.Theme.Counted;
import io.tongdao.contract.catalogue.Theme.Join;
import io.tongdao.contract.catalogue.Theme.Table;
import io.tongdao.contract.plan.ThemePlan.Function;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code themes/<database>.yaml}. */
final class ThemeReader {
    private static final Pattern LEVEL = Pattern.compile("[1-4]");

    private ThemeReader() {}

    static Theme read(Fields root) {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Fields table : root.named("tables", "table", CheckCode.KEY_MISSING, "theme lacks \"tables\": add them")) {
            tables.put(table.name(), table(table));
        }
        Theme theme = new Theme(
                root.id("theme", Ids.SNAKE),
                root.at("theme"),
                root.text("title"),
                root.word(
                        "level",
                        Level.PROVINCE,
                        CheckCode.KEY_MISSING,
                        "theme lacks \"level\": province, prefecture or county"),
                root.ref("division"),
                tables);
        root.end();
        return theme;
    }

    private static Table table(Fields fields) {
        fields.checked("", fields.name(), Ids.SNAKE);
        Table table = new Table(
                fields.name(),
                fields.at(),
                fields.text("title"),
                fields.ref("rows"),
                items(fields),
                fields.listed("beside", "join").stream().map(ThemeReader::join).toList(),
                counts(fields),
                fields.optionalRef("territory"),
                Typed.number(fields, "raises_to", LEVEL, "write 1, 2, 3 or 4").orElse(0),
                aggregation(fields));
        fields.end();
        return table;
    }

    /** {@code [a, b]}, or {@code {name_here: name_there}}. */
    private static Map<String, Ref> items(Fields fields) {
        if (fields.node("items") instanceof Node.Mapping) {
            Fields renamed = fields.optionalSection("items");
            Map<String, Ref> items = renamed == null ? Map.of() : renamed.texts();
            items.keySet().forEach(name -> fields.checked("items", name, Ids.SNAKE));
            return items;
        }
        Map<String, Ref> items = new LinkedHashMap<>();
        String lacking = fields.what() + " lacks \"items\": write [a, b], or {name_here: name_there}";
        fields.refs("items", CheckCode.KEY_MISSING, lacking).forEach(ref -> items.put(ref.id(), ref));
        return items;
    }

    private static Join join(Fields fields) {
        Join join = new Join(fields.at(), fields.ref("of"), fields.optionalRef("by"), items(fields));
        fields.end();
        return join;
    }

    private static List<Counted> counts(Fields table) {
        List<Counted> counts = new ArrayList<>();
        Fields section = table.optionalSection("counts");
        if (section != null) {
            for (Fields fields : section.named("count")) {
                fields.checked("", fields.name(), Ids.SNAKE);
                counts.add(new Counted(
                        fields.name(),
                        fields.at(),
                        fields.optionalWord("function", Function.COUNT),
                        fields.ref("of"),
                        fields.optionalRef("item")));
                fields.end();
            }
        }
        return counts;
    }

    private static @Nullable Assessment aggregation(Fields table) {
        Fields fields = table.optionalSection("aggregation");
        return fields == null ? null : AssessmentReader.one(fields);
    }
}
