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
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * The values of {@code ctl.*} and {@code flag.*}: one format byte, then compact JSON of a record. Instants are ISO-8601 text.
 * A value of a newer format is refused, one with fields that this version doesn't know is a newer format forgotten: refused too.
 */
public final class JsonFormat<T> {
    private static final byte FIRST = 1;
    private static final JsonMapper MAPPER = mapper();
    private final Class<T> type;
    private final byte format;

    public JsonFormat(Class<T> type) {
        this(type, FIRST);
    }

    /** @param format that is written; values of older ones are read with what they lack left out */
    public JsonFormat(Class<T> type, byte format) {
        this.type = type;
        this.format = format;
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
            return MAPPER.readValue(bytes, 1, bytes.length - 1, type);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " can't be read: " + e.getClass().getSimpleName());
        }
    }

    private static JsonMapper mapper() {
        SimpleModule instants = new SimpleModule();
        instants.addSerializer(Instant.class, new InstantOut());
        instants.addDeserializer(Instant.class, new InstantIn());
        return JsonMapper.builder()
                .addModule(instants)
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
}
