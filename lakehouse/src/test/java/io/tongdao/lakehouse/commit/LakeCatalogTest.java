package io.tongdao.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table follows its catalogue: what can be widened in place is, what can't is not written over. */
class LakeCatalogTest {
    @TempDir
    Path dir;

    @Test
    void aTableWinsColumnsAndWidensThoseThatAreWider() {
        // Given
        try (LakeCatalog lake = LakeCatalog.embedded(dir)) {
            lake.table("src_ga.people", schema(Types.IntegerType.get(), Types.DecimalType.of(12, 2)));
            Schema next = new Schema(
                    NestedField.required(4, "_key", Types.StringType.get()),
                    NestedField.required(5, "_kpart", Types.IntegerType.get()),
                    NestedField.optional(1, "count", Types.LongType.get()),
                    NestedField.optional(2, "sum", Types.DecimalType.of(18, 2)),
                    NestedField.optional(3, "name", Types.StringType.get()));
            // When
            Schema grown = lake.table("src_ga.people", next).schema();
            // Then
            assertThat(grown.findType("count")).isEqualTo(Types.LongType.get());
            assertThat(grown.findType("sum")).isEqualTo(Types.DecimalType.of(18, 2));
            assertThat(grown.findType("name")).isEqualTo(Types.StringType.get());
        }
    }

    @Test
    void aColumnOfAnotherKindIsRefused() {
        // Given
        try (LakeCatalog lake = LakeCatalog.embedded(dir)) {
            lake.table("src_ga.people", schema(Types.IntegerType.get(), Types.DecimalType.of(12, 2)));
            Schema next = schema(Types.StringType.get(), Types.DecimalType.of(12, 2));
            // When / Then
            assertThatThrownBy(() -> lake.table("src_ga.people", next)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTableIsLabelledWhenItIsMadeAndWhenItsLabelsChange() {
        // Given
        Schema schema = schema(Types.IntegerType.get(), Types.DecimalType.of(12, 2));
        try (LakeCatalog lake = LakeCatalog.embedded(dir)) {
            lake.table("share_yb.people", schema, Map.of("tongdao.level", "3"));
            // When
            var made = lake.table("share_yb.people").properties();
            var changed = lake.table("share_yb.people", schema, Map.of("tongdao.level", "2"))
                    .properties();
            // Then
            assertThat(made).containsEntry("tongdao.level", "3").containsEntry("commit.retry.num-retries", "0");
            assertThat(changed).containsEntry("tongdao.level", "2");
        }
    }

    private static Schema schema(Type count, Type sum) {
        return new Schema(
                NestedField.required(4, "_key", Types.StringType.get()),
                NestedField.required(5, "_kpart", Types.IntegerType.get()),
                NestedField.optional(1, "count", count),
                NestedField.optional(2, "sum", sum));
    }
}
