package io.tongdao.collect;

import io.tongdao.collect.files.Manifest;
import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.SubjectPlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that comes by files: which columns its files must have, and what tells their rows apart from file to file: the declared key,
 * or else the columns of its subjects and its row key.
 */
final class FileTable {
    private static final Struct NONE = new Struct(SchemaBuilder.struct().build());
    final DatasetPlan dataset;
    final Intake.Files intake;
    private final boolean keyed;
    private final List<String> keyColumns;
    private final Schema identity;

    FileTable(DatasetPlan dataset) {
        if (!(dataset.intake() instanceof Intake.Files files)) {
            throw new CollectException(dataset.id() + " does not come by files");
        }
        this.dataset = dataset;
        this.intake = files;
        this.keyed = !files.key().isEmpty();
        this.keyColumns = keyed ? files.key() : telling(dataset);
        SchemaBuilder row = SchemaBuilder.struct();
        keyColumns.forEach(column -> row.field(column, Schema.OPTIONAL_STRING_SCHEMA));
        this.identity = row.build();
    }

    private static List<String> telling(DatasetPlan dataset) {
        Set<String> columns = new LinkedHashSet<>();
        for (SubjectPlan subject : dataset.subjects()) {
            columns.add(column(dataset, subject.item()));
        }
        dataset.rowKey().forEach(item -> columns.add(column(dataset, item)));
        return List.copyOf(columns);
    }

    private static String column(DatasetPlan dataset, String item) {
        var found = dataset.items().get(item);
        if (found == null) {
            throw new CollectException(dataset.id() + ": " + item + " is not an item");
        }
        return found.sourceName();
    }

    String id() {
        return dataset.id();
    }

    /** The columns that a file with this manifest must have. */
    Set<String> columns(Manifest manifest) {
        Set<String> columns = new LinkedHashSet<>();
        dataset.items().values().stream()
                .filter(item -> !item.name().equals(SubjectPlan.ROLE_ITEM))
                .forEach(item -> columns.add(item.sourceName()));
        columns.addAll(keyColumns);
        if (manifest.deletions() != null) {
            columns.add(manifest.deletions().column());
        }
        return columns;
    }

    /**
     * What tells a row apart, as a primary key would; null where it lacks something of it. Without a declared key identifiers tell it, in
     * whatever way they are written.
     */
    @Nullable
    Struct identity(Struct row) {
        Struct found = new Struct(identity);
        boolean any = false;
        for (Field field : identity.fields()) {
            Object raw = row.get(field.name());
            if (raw == null && keyed) {
                return null;
            }
            any |= raw != null;
            String text = raw == null ? "" : RowDigest.text(raw);
            found.put(field, keyed ? text : IdentifierText.normalise(text));
        }
        return any ? found : null;
    }

    /** What stands in the keys of rows with several subjects and no row key: the declared key, if there is one. */
    Struct primaryKey(Struct identity) {
        return keyed ? identity : NONE;
    }

    /** Whether a delta's row says that it is gone. */
    static boolean deleted(Manifest manifest, Struct row) {
        return manifest.deletions() != null
                && manifest.deletions()
                        .value()
                        .equals(asText(row.get(manifest.deletions().column())));
    }

    private static String asText(@Nullable Object raw) {
        return raw == null ? "" : RowDigest.text(raw);
    }
}
