package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.DataClass;
import io.tongdao.contract.catalogue.Catalogue.Purpose;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what entries are filed and told apart by: {@code purposes.yaml}, {@code classes.yaml}, {@code resources.yaml}. */
final class ClassReader {
    private static final Pattern LEVEL = Pattern.compile("[1-4]");

    private ClassReader() {}

    static List<Purpose> purposes(Fields root) {
        return root.named("purpose").stream().map(ClassReader::purpose).toList();
    }

    private static Purpose purpose(Fields fields) {
        Purpose purpose = new Purpose(
                fields.checked("", fields.name(), Ids.SNAKE),
                fields.at(),
                fields.text("label"),
                fields.optionalRef("under"));
        fields.end();
        return purpose;
    }

    static List<DataClass> classes(Fields root) {
        return root.named("class").stream().map(ClassReader::dataClass).toList();
    }

    private static DataClass dataClass(Fields fields) {
        DataClass dataClass = new DataClass(
                fields.checked("", fields.name(), Ids.SNAKE),
                fields.at(),
                fields.text("label"),
                Typed.flag(fields, "local"),
                fields.optionalRef("under"),
                Typed.number(fields, "level", LEVEL, "write 1, 2, 3 or 4 (GB/T 43697)")
                        .orElse(0));
        fields.end();
        return dataClass;
    }

    /** @param key {@code classification} or {@code retired}: digits → name, or resource code → who had it */
    static Map<String, Ref> resources(Fields root, String key) {
        @Nullable Fields fields = root.optionalSection(key);
        if (fields == null) {
            return Map.of();
        }
        Map<String, Ref> texts = fields.texts();
        fields.end();
        return texts;
    }
}
