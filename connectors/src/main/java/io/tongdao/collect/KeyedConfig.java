package io.tongdao.collect;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * What the keyed connectors need beside Debezium's own settings, as connector properties: the compiled datasets of one connection and
 * where each stands. Whole in the properties, so that a Connect cluster needs no catalogue.
 *
 * @param epochs by dataset
 * @param rereads datasets whose tables are to be read whole beside the stream, in their present epoch
 * @param shapes what was last told of each table's shape in its present epoch
 * @param retries rejected rows that are to be fetched again: dataset → row → position of its reject, in hex
 * @param resume whether the stream has begun before: then a position that is gone is a gap, not a first start
 * @param digestKey secret of the row digests; in a Connect cluster by a config provider
 */
record KeyedConfig(
        List<DatasetPlan> datasets,
        Map<String, Integer> epochs,
        Set<String> rereads,
        Map<String, SchemaFlag> shapes,
        Map<String, Map<String, String>> retries,
        boolean resume,
        byte[] digestKey,
        int rejectPartitions) {
    /** Nothing is fetched again. */
    KeyedConfig(
            List<DatasetPlan> datasets,
            Map<String, Integer> epochs,
            Set<String> rereads,
            Map<String, SchemaFlag> shapes,
            boolean resume,
            byte[] digestKey,
            int rejectPartitions) {
        this(datasets, epochs, rereads, shapes, Map.of(), resume, digestKey, rejectPartitions);
    }

    private static final String DATASETS = "tongdao.datasets";
    private static final String EPOCHS = "tongdao.epochs";
    private static final String REREADS = "tongdao.rereads";
    private static final String SHAPES = "tongdao.shapes";
    private static final String RETRIES = "tongdao.retries";
    private static final String RESUME = "tongdao.resume";
    static final String DIGEST_KEY = "tongdao.digest.key";
    private static final String REJECT_PARTITIONS = "tongdao.rejects.partitions";
    private static final JsonMapper MAPPER = mapper();

    Map<String, String> properties() {
        try {
            return Map.of(
                    DATASETS, MAPPER.writeValueAsString(datasets.toArray(new DatasetPlan[0])),
                    EPOCHS, MAPPER.writeValueAsString(new TreeMap<>(epochs)),
                    REREADS, String.join(",", new TreeSet<>(rereads)),
                    SHAPES, texts(shapes),
                    RETRIES, MAPPER.writeValueAsString(new TreeMap<>(retries)),
                    RESUME, Boolean.toString(resume),
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
                    MAPPER.readValue(required(properties, EPOCHS), new TypeReference<Map<String, Integer>>() {}),
                    names(properties.getOrDefault(REREADS, "")),
                    shapes(properties.getOrDefault(SHAPES, "{}")),
                    MAPPER.readValue(
                            properties.getOrDefault(RETRIES, "{}"),
                            new TypeReference<Map<String, Map<String, String>>>() {}),
                    Boolean.parseBoolean(properties.get(RESUME)),
                    HexFormat.of().parseHex(required(properties, DIGEST_KEY)),
                    Integer.parseInt(required(properties, REJECT_PARTITIONS)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CollectException(
                    "the connector's tongdao.* properties can't be read: write them anew with tongdao plan", e);
        }
    }

    /**
     * Keyed by the topic that Debezium would write to: {@code <prefix>.<schema>.<table>}.
     *
     * @param watched whether changes of a table's shape are told and hold its rows; else they stop the task
     */
    Map<String, KeyBySubject> byTopic(String prefix, DateDoubt doubt, boolean watched) {
        Map<String, KeyBySubject> tables = new HashMap<>();
        for (DatasetPlan dataset : datasets) {
            tables.put(prefix + '.' + dataset.table(), keyed(dataset, doubt, watched));
        }
        return tables;
    }

    private KeyBySubject keyed(DatasetPlan dataset, DateDoubt doubt, boolean watched) {
        Map<String, String> again = retries.get(dataset.id());
        return new KeyBySubject(
                dataset,
                epoch(dataset.id()),
                digestKey,
                rejectPartitions,
                doubt,
                watched ? new ShapeWatch(dataset, shapes.get(dataset.id())) : null,
                rereads.contains(dataset.id()) ? new RecentChanges(System::nanoTime) : null,
                again == null || rereads.contains(dataset.id()) ? null : new Retries(again));
    }

    int epoch(String dataset) {
        Integer epoch = epochs.get(dataset);
        if (epoch == null) {
            throw new CollectException("the connector's property " + EPOCHS + " has no epoch of " + dataset);
        }
        return epoch;
    }

    private static Set<String> names(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.split(",", -1));
    }

    private static String texts(Map<String, SchemaFlag> shapes) throws JsonProcessingException {
        Map<String, String> texts = new TreeMap<>();
        shapes.forEach((dataset, flag) -> texts.put(dataset, HexFormat.of().formatHex(flag.bytes())));
        return MAPPER.writeValueAsString(texts);
    }

    private static Map<String, SchemaFlag> shapes(String text) throws JsonProcessingException {
        Map<String, SchemaFlag> shapes = new HashMap<>();
        MAPPER.readValue(text, new TypeReference<Map<String, String>>() {})
                .forEach((dataset, flag) ->
                        shapes.put(dataset, SchemaFlag.parse(HexFormat.of().parseHex(flag))));
        return shapes;
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
        return "KeyedConfig[" + datasets.stream().map(DatasetPlan::id).toList() + ", epochs " + epochs + ']';
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
