package io.tongdao.collect;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.ItemType;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What the keyed connectors need beside Debezium's own settings, as connector properties: the compiled datasets of one connection and
 * their epoch. Whole in the properties, so that a Connect cluster needs no catalogue.
 *
 * @param epoch the one epoch of all datasets of the connection
 * @param digestKey secret of the row digests; in a Connect cluster by a config provider
 */
record KeyedConfig(List<DatasetPlan> datasets, int epoch, byte[] digestKey, int rejectPartitions) {
    private static final String DATASETS = "tongdao.datasets";
    private static final String EPOCH = "tongdao.epoch";
    private static final String DIGEST_KEY = "tongdao.digest.key";
    private static final String REJECT_PARTITIONS = "tongdao.rejects.partitions";
    private static final JsonMapper MAPPER = mapper();

    Map<String, String> properties() {
        try {
            return Map.of(
                    DATASETS, MAPPER.writeValueAsString(datasets.toArray(new DatasetPlan[0])),
                    EPOCH, Integer.toString(epoch),
                    DIGEST_KEY, HexFormat.of().formatHex(digestKey),
                    REJECT_PARTITIONS, Integer.toString(rejectPartitions));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the datasets can't be written as connector properties", e);
        }
    }

    static KeyedConfig of(Map<String, String> properties) {
        try {
            return new KeyedConfig(
                    List.of(MAPPER.readValue(required(properties, DATASETS), DatasetPlan[].class)),
                    Integer.parseInt(required(properties, EPOCH)),
                    HexFormat.of().parseHex(required(properties, DIGEST_KEY)),
                    Integer.parseInt(required(properties, REJECT_PARTITIONS)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CollectException(
                    "the connector's tongdao.* properties can't be read: write them anew with tongdao plan", e);
        }
    }

    /** Keyed by the topic that Debezium would write to: {@code <prefix>.<schema>.<table>}. */
    Map<String, KeyBySubject> byTopic(String prefix, DateDoubt doubt) {
        Map<String, KeyBySubject> tables = new HashMap<>();
        for (DatasetPlan dataset : datasets) {
            tables.put(
                    prefix + '.' + dataset.table(),
                    new KeyBySubject(dataset, epoch, digestKey, rejectPartitions, doubt));
        }
        return tables;
    }

    private static String required(Map<String, String> properties, String name) {
        String value = properties.get(name);
        if (value == null) {
            throw new CollectException("the connector has no property " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "KeyedConfig[" + datasets.stream().map(DatasetPlan::id).toList() + ", epoch " + epoch + ']';
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = As.PROPERTY, property = "type")
    private interface Typed {}

    private static JsonMapper mapper() {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Schema.class, new SchemaOut());
        module.addDeserializer(Schema.class, new SchemaIn());
        module.setMixInAnnotation(ItemType.class, Typed.class);
        module.setMixInAnnotation(Intake.class, Typed.class);
        for (Class<?> type : Intake.class.getPermittedSubclasses()) {
            module.registerSubtypes(new NamedType(type, type.getSimpleName()));
        }
        for (Class<?> type : ItemType.class.getPermittedSubclasses()) {
            module.registerSubtypes(new NamedType(type, type.getSimpleName()));
        }
        return JsonMapper.builder().addModule(module).build();
    }

    private static final class SchemaOut extends StdSerializer<Schema> {
        private static final long serialVersionUID = 1;

        SchemaOut() {
            super(Schema.class);
        }

        @Override
        public void serialize(Schema value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class SchemaIn extends StdDeserializer<Schema> {
        private static final long serialVersionUID = 1;

        SchemaIn() {
            super(Schema.class);
        }

        @Override
        public Schema deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return new Schema.Parser().parse(in.getText());
        }
    }
}
