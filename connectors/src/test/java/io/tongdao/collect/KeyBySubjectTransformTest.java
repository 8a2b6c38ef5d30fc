package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class KeyBySubjectTransformTest {
    private static final String ONE = "11010519491231002X";
    private final Events events = new Events(SchemaBuilder.struct()
            .optional()
            .name("row")
            .field("CID", Schema.OPTIONAL_STRING_SCHEMA)
            .build());

    private static KeyBySubjectTransform transform() {
        DatasetPlan dataset = Datasets.of(
                Map.of("cid", new ItemType.CitizenIdType()), List.of(Datasets.person("", "cid")), List.of());
        Map<String, String> settings = new HashMap<>(
                new KeyedConfig(List.of(dataset), Map.of(dataset.id(), 1), Set.of(), Map.of(), false, new byte[16], 1)
                        .properties());
        settings.put("topic.prefix", "test");
        KeyBySubjectTransform transform = new KeyBySubjectTransform();
        transform.configure(settings);
        return transform;
    }

    @Test
    void aChangeOfOneRecordIsKeyed() {
        // Given
        SourceRecord event = events.event("c", 1, null, Map.of("CID", ONE));

        // When
        SourceRecord keyed = transform().apply(event);

        // Then
        assertThat(new String((byte[]) keyed.key(), StandardCharsets.UTF_8)).isEqualTo(ONE);
        assertThat(keyed.topic()).isEqualTo("src.ga.person");
        assertThat(keyed.sourceOffset()).isEqualTo(event.sourceOffset());
    }

    @Test
    void aChangeOfSeveralRecordsStopsRatherThanLosesOne() {
        // Given
        SourceRecord event = events.event("u", 1, Map.of("CID", ONE), Map.of("CID", "440524188001010014"));

        // When
        var stopped = assertThatThrownBy(() -> transform().apply(event));

        // Then
        stopped.isInstanceOf(CollectException.class).hasMessageContaining("keyed connectors");
    }
}
