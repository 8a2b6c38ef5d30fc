package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedConfigTest {
    static DatasetPlan throughProperties(DatasetPlan dataset) {
        KeyedConfig config = new KeyedConfig(
                List.of(dataset), Map.of(dataset.id(), 3), Set.of(dataset.id()), Map.of(), true, new byte[16], 2);
        return KeyedConfig.of(config.properties()).datasets().getFirst();
    }

    @Test
    void aDatasetComesWholeThroughConnectorProperties() {
        // Given
        ItemType typed = new ItemType.DocumentType(
                20,
                new Document(null, "any", "", Map.of("414", DocumentKind.PASSPORT, "511", DocumentKind.TAIWAN_PERMIT)));
        DatasetPlan dataset = Datasets.of(
                Map.of(
                        "cid", new ItemType.CitizenIdType(),
                        "paid", new ItemType.Decimal(12, 2),
                        "any", new ItemType.DocumentType(20),
                        "typed", typed,
                        "org", new ItemType.DocumentType(18, Document.of(DocumentKind.ORGANISATION_CODE))),
                List.of(Datasets.person("", "cid")),
                List.of("paid"));

        // When
        DatasetPlan read = throughProperties(dataset);

        // Then
        assertThat(read).isEqualTo(dataset);
    }
}
