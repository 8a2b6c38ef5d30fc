package io.tongdao.lakehouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class RowShapeTest {
    @Test
    void aTableIsLabelledWithWhatItsTopicsSchemaSays() {
        // Given
        Schema schema = SchemaBuilder.record("people").fields().endRecord();
        schema.addProp("tongdao.level", 3);
        schema.addProp("tongdao.mask", new TreeMap<>(Map.of("mobile", "phone3_4", "full_name", "surname")));
        schema.addProp("other", "no label");
        // When
        Map<String, String> labels = RowShape.labels(schema);
        // Then
        assertThat(labels).isEqualTo(Map.of("tongdao.level", "3", "tongdao.mask", "full_name=surname,mobile=phone3_4"));
    }
}
