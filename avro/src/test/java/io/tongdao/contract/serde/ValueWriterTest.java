package io.tongdao.contract.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueWriterTest {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
        {"type":"record","name":"r","fields":[
         {"name":"text","type":"string"},
         {"name":"maybe","type":["null","string"]},
         {"name":"last","type":["long","null"]},
         {"name":"int","type":["null",{"type":"int","logicalType":"date"}]},
         {"name":"flag","type":["null","boolean"]},
         {"name":"amount","type":["null",{"type":"bytes","logicalType":"decimal","precision":12,"scale":3}]},
         {"name":"raw","type":"bytes"},
         {"name":"list","type":{"type":"array","items":"string"}},
         {"name":"sources","type":{"type":"map","values":{"type":"record","name":"s","fields":[
           {"name":"pos","type":"bytes"},{"name":"at","type":["null","long"]}]}}}]}\
        """);

    @Test
    void recordsAreWrittenAsAvrosOwnWriterDoes() throws IOException {
        Random random = new Random(20261130);
        for (int i = 0; i < 2_000; i++) {
            GenericRecord record = record(random);
            assertThat(written(record)).isEqualTo(byAvro(record));
        }
    }

    private static GenericRecord record(Random random) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("text", random.nextBoolean() ? text(random) : new Utf8(text(random)));
        record.put("maybe", random.nextBoolean() ? text(random) : null);
        record.put("last", random.nextBoolean() ? random.nextLong() : null);
        record.put("int", random.nextBoolean() ? random.nextInt() : null);
        record.put("flag", random.nextBoolean() ? random.nextBoolean() : null);
        record.put("amount", random.nextBoolean() ? new BigDecimal(new BigInteger(38, random), 3) : null);
        record.put("raw", raw(random));
        List<String> list = new ArrayList<>();
        random.ints(random.nextInt(4)).forEach(any -> list.add(text(random)));
        record.put("list", list);
        Schema source = SCHEMA.getField("sources").schema().getValueType();
        Map<String, GenericRecord> sources = new LinkedHashMap<>();
        random.ints(random.nextInt(4)).forEach(any -> {
            GenericRecord one = new GenericData.Record(source);
            one.put("pos", raw(random));
            one.put("at", random.nextBoolean() ? random.nextLong() : null);
            sources.put(text(random), one);
        });
        record.put("sources", sources);
        return record;
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(40), 0x20, 0x10ffff)
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static ByteBuffer raw(Random random) {
        byte[] bytes = new byte[random.nextInt(30)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static byte[] written(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        ValueWriter.of(SCHEMA).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] byAvro(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(SCHEMA, WireFormat.model()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    @Test
    void aDecimalIsBroughtToItsScaleWithoutLoss() throws IOException {
        GenericRecord record = record(new Random(1));
        record.put("amount", new BigDecimal("1.5"));
        byte[] short1 = written(record);
        record.put("amount", new BigDecimal("1.500"));
        assertThat(short1).isEqualTo(written(record));

        record.put("amount", new BigDecimal("1.5005"));
        assertThatThrownBy(() -> written(record)).isInstanceOf(ArithmeticException.class);
        record.put("amount", new BigDecimal("1234567890.123"));
        assertThatThrownBy(() -> written(record)).hasMessage("a decimal of more than 12 digits");
    }

    @Test
    void aValueOfAnotherTypeIsNotTold() {
        GenericRecord record = record(new Random(1));
        record.put("last", "530102199003071238");

        assertThatThrownBy(() -> written(record))
                .isInstanceOf(ClassCastException.class)
                .hasMessageNotContaining("5301");
    }

    @Test
    void whatMustBeThereIsMissed() {
        GenericRecord record = record(new Random(1));
        record.put("text", null);

        assertThatThrownBy(() -> written(record)).hasMessage("a value that can't be null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"double\"", "[\"null\",\"int\",\"string\"]", "[\"int\",\"string\"]"})
    void whatRecordsHaveNotIsRefused(String type) {
        Schema schema = new Schema.Parser().parse(type);

        assertThatThrownBy(() -> ValueWriter.of(schema)).isInstanceOf(IllegalArgumentException.class);
    }
}
