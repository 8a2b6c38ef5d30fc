package io.tongdao.collect;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.serde.ValueWriter;
import io.tongdao.contract.serde.WireFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Turns keyed rows into Avro in the registry's wire format; what is bytes already (keys, rejects) passes. The schema is the one that the
 * row carries: it is looked up under {@code <topic>-value}, never registered. Not thread-safe.
 *
 * <p>In a Connect cluster: {@code value.converter=io.tongdao.collect.AvroRowConverter}, {@code value.converter.schema.registry.url=…}
 * and the registry client's own settings; {@code key.converter} and {@code header.converter} are Connect's {@code ByteArrayConverter}.
 */
public final class AvroRowConverter implements Converter {
    private static final int SCHEMAS_PER_TOPIC = 100;
    private final Map<String, Encoder> encoders = new HashMap<>();
    private @Nullable WireFormat format;
    private @Nullable Encoder latest;

    /** For Connect, which calls {@link #configure}. */
    public AvroRowConverter() {}

    public AvroRowConverter(SchemaRegistryClient registry) {
        this.format = new WireFormat(registry);
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        if (settings.get("schema.registry.url") instanceof String urls) {
            format = new WireFormat(
                    new CachedSchemaRegistryClient(List.of(urls.split(",", -1)), SCHEMAS_PER_TOPIC, settings));
        } else if (!isKey) {
            throw new CollectException("the converter has no schema.registry.url");
        }
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case byte[] bytes -> bytes;
            case Struct row -> encoder(topic, row.schema()).encode(row);
            default -> throw new CollectException("topic " + topic + ": only keyed rows and bytes can be converted");
        };
    }

    /** Not offered: the topics are read through the registry, not through Connect. */
    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        throw new UnsupportedOperationException("AvroRowConverter writes only");
    }

    private Encoder encoder(String topic, Schema schema) {
        if (latest != null && latest.schema == schema) {
            return latest; // a row's schema is its topic's own
        }
        Encoder encoder = encoders.get(topic);
        if (encoder == null || encoder.schema != schema) {
            if (format == null) {
                throw new CollectException("the converter has no schema.registry.url");
            }
            encoder = new Encoder(schema, format, topic);
            encoders.put(topic, encoder);
        }
        latest = encoder;
        return encoder;
    }

    /** Compiled to field positions: a row costs one pass, with no look-up by name or type. */
    private static final class Encoder {
        private final Schema schema;
        private final Field[] fields;
        private final ValueWriter[] writers;
        private final WireFormat.Writer format;

        Encoder(Schema schema, WireFormat format, String topic) {
            this.schema = schema;
            var avro = new org.apache.avro.Schema.Parser()
                    .parse(schema.parameters().get(RowSchema.AVRO));
            this.fields = schema.fields().toArray(Field[]::new);
            this.writers = avro.getFields().stream()
                    .map(field -> ValueWriter.of(field.schema()))
                    .toArray(ValueWriter[]::new);
            this.format = format.writer(topic + "-value", avro);
        }

        byte[] encode(Struct row) {
            return format.encode(out -> {
                for (int i = 0; i < fields.length; i++) {
                    writers[i].write(row.get(fields[i]), out);
                }
            });
        }
    }
}
