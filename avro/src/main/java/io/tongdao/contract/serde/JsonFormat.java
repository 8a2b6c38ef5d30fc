package io.tongdao.contract.serde;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.UnaryOperator;

/**
 * The values of {@code ctl.*} and {@code flag.*}: one format byte, then compact JSON of a record. Instants and days are ISO-8601 text.
 * A value of a newer format is refused, one with fields that this version doesn't know is a newer format forgotten: refused too.
 */
public final class JsonFormat<T> {
    private static final byte FIRST = 1;
    private static final JsonMapper MAPPER = mapper();
    private final Class<T> type;
    private final byte format;
    private final UnaryOperator<ObjectNode> upgrade;

    public JsonFormat(Class<T> type) {
        this(type, FIRST);
    }

    /** @param format that is written; values of older ones are read with what they lack left out */
    public JsonFormat(Class<T> type, byte format) {
        this(type, format, UnaryOperator.identity());
    }

    /**
     * @param format that is written
     * @param upgrade what makes JSON of this format out of an older one's; it may change what it is given
     */
    public JsonFormat(Class<T> type, byte format, UnaryOperator<ObjectNode> upgrade) {
        this.type = type;
        this.format = format;
        this.upgrade = upgrade;
    }

    public byte[] encode(T value) {
        try {
            byte[] json = MAPPER.writeValueAsBytes(value);
            byte[] out = new byte[json.length + 1];
            out[0] = format;
            System.arraycopy(json, 0, out, 1, json.length);
            return out;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(type.getSimpleName() + " can't be written", e);
        }
    }

    /** @throws IllegalArgumentException if the bytes are no value of this type and format; says nothing of their content */
    public T decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] < FIRST || bytes[0] > format) {
            throw new IllegalArgumentException(
                    "%s has format %d, this version reads %d: it was written by a newer Tongdao"
                            .formatted(type.getSimpleName(), bytes.length == 0 ? -1 : bytes[0], format));
        }
        try {
            return bytes[0] == format ? MAPPER.readValue(bytes, 1, bytes.length - 1, type) : older(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " can't be read: " + e.getClass().getSimpleName());
        }
    }

    private T older(byte[] bytes) throws IOException {
        ObjectNode json = MAPPER.readValue(bytes, 1, bytes.length - 1, ObjectNode.class);
        return MAPPER.treeToValue(upgrade.apply(json), type);
    }

    private static JsonMapper mapper() {
        SimpleModule times = new SimpleModule();
        times.addSerializer(Instant.class, new InstantOut());
        times.addDeserializer(Instant.class, new InstantIn());
        times.addSerializer(LocalDate.class, ToStringSerializer.instance);
        times.addDeserializer(LocalDate.class, new DayIn());
        return JsonMapper.builder()
                .addModule(times)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .build();
    }

    private static final class InstantOut extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantOut() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class InstantIn extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantIn() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Instant.parse(in.getText());
        }
    }

    private static final class DayIn extends StdDeserializer<LocalDate> {
        private static final long serialVersionUID = 1;

        DayIn() {
            super(LocalDate.class);
        }

        @Override
        public LocalDate deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return LocalDate.parse(in.getText());
        }
    }
}
