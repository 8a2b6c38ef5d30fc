package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedConfigTest {
    static DatasetPlan throughProperties(DatasetPlan dataset) {
        KeyedConfig config = new KeyedConfig(List.of(dataset), 3, new byte[16], 2);
        return KeyedConfig.of(config.properties()).datasets().getFirst();
    }

    @Test
    void aDatasetComesWholeThroughConnectorProperties() {
        // Given
        DatasetPlan dataset = Datasets.of(
                Map.of("cid", new ItemType.CitizenIdType(), "paid", new ItemType.Decimal(12, 2)),
                List.of(Datasets.person("", "cid")),
                List.of("paid"));

        // When
        DatasetPlan read = throughProperties(dataset);

        // Then
        assertThat(read).isEqualTo(dataset);
    }
}
