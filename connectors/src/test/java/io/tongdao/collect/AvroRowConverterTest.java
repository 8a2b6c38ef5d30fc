package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.serde.WireFormat;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class AvroRowConverterTest {
    private static DatasetPlan dataset() {
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("cid", new ItemType.CitizenIdType());
        items.put("born", new ItemType.Date());
        items.put("seen", new ItemType.Timestamp());
        items.put("paid", new ItemType.Decimal(12, 2));
        items.put("alive", new ItemType.Bool());
        items.put("count", new ItemType.BigInt());
        return Datasets.of(items, List.of(Datasets.person("", "cid")), List.of());
    }

    private static Struct row(Schema schema) {
        return new Struct(schema)
                .put("cid", "x")
                .put("born", 6000)
                .put("seen", 7L)
                .put("paid", new BigDecimal("1.50"))
                .put("alive", true);
    }

    @Test
    void aRowReadsBackThroughTheRegistry() throws Exception {
        // Given
        DatasetPlan dataset = dataset();
        var registry = new MockSchemaRegistryClient();
        registry.register(
                dataset.topic().valueSubject(), new AvroSchema(dataset.topic().schema()));
        Schema schema =
                RowSchema.of(KeyedConfigTest.throughProperties(dataset).topic().schema());

        // When
        byte[] bytes =
                new AvroRowConverter(registry).fromConnectData(dataset.topic().name(), schema, row(schema));

        // Then
        GenericRecord read =
                new WireFormat(registry).reader(dataset.topic().schema()).decode(bytes);
        assertThat(read.get("cid")).isEqualTo("x");
        assertThat(read.get("born")).isEqualTo(6000);
        assertThat(read.get("seen")).isEqualTo(7L);
        assertThat(read.get("paid")).isEqualTo(new BigDecimal("1.50"));
        assertThat(read.get("alive")).isEqualTo(true);
        assertThat(read.get("count")).isNull();
    }

    @Test
    void aSchemaThatNobodyRegisteredIsRefused() {
        // Given
        DatasetPlan dataset = dataset();
        Schema schema = RowSchema.of(dataset.topic().schema());
        AvroRowConverter converter = new AvroRowConverter(new MockSchemaRegistryClient());

        // When
        var refused = assertThatThrownBy(
                () -> converter.fromConnectData(dataset.topic().name(), schema, row(schema)));

        // Then
        refused.hasMessageContaining("src.ga.person-value");
    }

    @Test
    void tombstonesAndReadyBytesPass() {
        // Given
        AvroRowConverter converter = new AvroRowConverter(new MockSchemaRegistryClient());
        byte[] ready = {1, 2};

        // When
        byte[] tombstone = converter.fromConnectData("t", null, null);
        byte[] passed = converter.fromConnectData("t", Schema.BYTES_SCHEMA, ready);

        // Then
        assertThat(tombstone).isNull();
        assertThat(passed).isSameAs(ready);
    }
}
