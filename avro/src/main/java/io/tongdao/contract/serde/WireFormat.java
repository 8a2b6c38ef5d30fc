package io.tongdao.contract.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Avro in Confluent's wire format: 0, schema id (4 bytes), binary record. Schemas are registered by the provisioner; here they are
 * only looked up. In memory decimals are {@code BigDecimal}, text is {@code String}, dates and times stay numbers.
 *
 * <p>Thread-safe. {@link Writer} and {@link Reader} are not: one each per thread and topic.
 */
public final class WireFormat {
    private static final byte MAGIC = 0;
    private static final int HEAD = 5;
    private final SchemaRegistryClient registry;
    private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();

    public WireFormat(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /** The data model of all of Tongdao's generic records. */
    public static GenericData model() {
        GenericData model = new GenericData();
        model.addLogicalTypeConversion(new Conversions.DecimalConversion());
        return model;
    }

    /** Encodes records of one schema, registered under one subject. */
    public Writer writer(String subject, Schema schema) {
        try {
            return new Writer(registry.getId(subject, new AvroSchema(schema)), schema);
        } catch (IOException e) {
            throw new UncheckedIOException("schema registry does not answer for " + subject, e);
        } catch (RestClientException e) {
            throw new IllegalStateException(
                    "schema of " + subject + " is not registered (" + e.getErrorCode() + ")", e);
        }
    }

    /** Decodes whatever schema wrote the record into {@code schema}. */
    public Reader reader(Schema schema) {
        return new Reader(schema);
    }

    private Schema written(int id) {
        Schema known = writers.get(id);
        if (known != null) {
            return known;
        }
        try {
            Schema schema = ((AvroSchema) registry.getSchemaById(id)).rawSchema();
            writers.put(id, schema);
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException("schema registry does not answer for schema " + id, e);
        } catch (RestClientException e) {
            throw new IllegalStateException("schema " + id + " is not in the registry (" + e.getErrorCode() + ")", e);
        }
    }

    /** Writes one record's fields in the schema's order. */
    @FunctionalInterface
    public interface Body {
        void write(BinaryEncoder out) throws IOException;
    }

    /** Encodes records of one schema. */
    public static final class Writer {
        private final int id;
        private final ValueWriter record;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);

        Writer(int id, Schema schema) {
            this.id = id;
            this.record = ValueWriter.of(schema);
        }

        public byte[] encode(GenericRecord record) {
            return encode(out -> this.record.write(record, out));
        }

        /** For hot paths that know their fields: nothing is looked up or checked against the schema. */
        public byte[] encode(Body body) {
            out.reset();
            out.write(MAGIC);
            out.write(id >>> 24);
            out.write(id >>> 16);
            out.write(id >>> 8);
            out.write(id);
            try {
                body.write(encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }
    }

    /** Decodes records into one schema. */
    public final class Reader {
        private final Schema schema;
        private final Schema text;
        private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new java.util.HashMap<>();
        private final BinaryDecoder reuse = DecoderFactory.get().binaryDecoder(new byte[0], null);

        Reader(Schema schema) {
            this.schema = schema;
            this.text = withText(schema);
        }

        /** @throws IllegalArgumentException if the bytes are not in the wire format; says nothing of them */
        public GenericRecord decode(byte[] bytes) {
            if (bytes.length < HEAD || bytes[0] != MAGIC) {
                throw new IllegalArgumentException(
                        "a value of " + schema.getName() + " is not in the registry's wire format");
            }
            int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
            GenericDatumReader<GenericRecord> datum = readers.computeIfAbsent(id, this::reader);
            try {
                return datum.read(null, DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, reuse));
            } catch (IOException e) {
                throw new UncheckedIOException("a value of " + schema.getName() + " can't be decoded", e);
            }
        }

        private GenericDatumReader<GenericRecord> reader(int id) {
            return new GenericDatumReader<>(written(id), text, model());
        }
    }

    /** The schema for Avro's fast reader, which makes {@code String} of text only where the schema tells it to. */
    private static Schema withText(Schema schema) {
        Schema copy = new Schema.Parser().parse(schema.toString());
        text(copy);
        return copy;
    }

    private static void text(Schema schema) {
        switch (schema.getType()) {
            case STRING -> GenericData.setStringType(schema, GenericData.StringType.String);
            case MAP -> {
                GenericData.setStringType(schema, GenericData.StringType.String);
                text(schema.getValueType());
            }
            case ARRAY -> text(schema.getElementType());
            case UNION -> schema.getTypes().forEach(WireFormat::text);
            case RECORD -> schema.getFields().forEach(field -> text(field.schema()));
            default -> {}
        }
    }
}
