package io.tongdao.contract.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    private final Plan plan = PlanCompiler.compile(Catalogue.load(
            Path.of("src/test/resources/catalogue/four-agencies"),
            Map.of(
                    "postgresql.host",
                    "h",
                    "postgresql.port",
                    "1",
                    "mariadb.host",
                    "h",
                    "mariadb.port",
                    "2",
                    "secrets",
                    "/s")));
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final WireFormat format = new WireFormat(registry);

    @Test
    void aRecordOfEveryTypeReadsBackAsItWasWritten() throws Exception {
        // Given
        Topic topic = plan.table("scjg.enterprise_registration");
        registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
        GenericRecord written = new GenericData.Record(topic.schema());
        written.put("ent_name", "滇源茶业有限公司");
        written.put("registered_capital", new BigDecimal("500.0001"));
        written.put("establish_date", 18_262);
        // When
        byte[] bytes = format.writer(topic.valueSubject(), topic.schema()).encode(written);
        GenericRecord read = format.reader(topic.schema()).decode(bytes);
        // Then
        assertThat(bytes[0]).isZero();
        assertThat(read.get("ent_name")).isEqualTo("滇源茶业有限公司");
        assertThat(read.get("registered_capital")).isEqualTo(new BigDecimal("500.0001"));
        assertThat(read.get("establish_date")).isEqualTo(18_262);
        assertThat(read.get("uscc")).isNull();
    }

    @Test
    void aRecordOfAnEarlierSchemaGetsNullForWhatItDidNotHave() throws Exception {
        // Given
        Schema earlier = new Schema.Parser().parse("""
            {"type":"record","name":"population","namespace":"io.tongdao.base","fields":[
             {"name":"full_name","type":["null","string"],"default":null},
             {"name":"_sources","type":{"type":"map","values":"string"},"default":{}}]}\
            """);
        Schema later = plan.table("base.population").schema();
        registry.register("base.population-value", new AvroSchema(earlier));
        GenericRecord written = new GenericData.Record(earlier);
        written.put("full_name", new Utf8("张三"));
        written.put("_sources", Map.of());
        // When
        byte[] bytes = format.writer("base.population-value", earlier).encode(written);
        GenericRecord read = format.reader(later).decode(bytes);
        // Then
        assertThat(read.get("full_name")).isEqualTo("张三");
        assertThat(read.get("mobile")).isNull();
    }

    @Test
    void bytesOfAnotherFormatAreRefusedWithoutBeingQuoted() {
        Schema schema = plan.table("base.population").schema();
        assertThatThrownBy(() -> format.reader(schema)
                        .decode("530102199003071238".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("5301");
    }

    @Test
    void aSchemaThatNobodyRegisteredIsNamedBySubject() {
        assertThatThrownBy(() -> format.writer(
                        "src.x-value", plan.table("base.population").schema()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("src.x-value");
    }
}
