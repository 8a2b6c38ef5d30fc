package io.tongdao.collect;

import io.debezium.data.Envelope;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Debezium's PostgreSQL events, by hand, for a table with a primary key {@code pk}. */
final class Events {
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("source")
            .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema KEY =
            SchemaBuilder.struct().name("key").field("pk", Schema.INT64_SCHEMA).build();
    static final long AT = 1_790_000_000_000L;

    private final Schema row;
    private final Envelope envelope;
    private long lsn = 1000;

    Events(Schema row) {
        this.row = row;
        this.envelope = Envelope.defineSchema()
                .withName("test.Envelope")
                .withRecord(row)
                .withSource(SOURCE)
                .build();
    }

    SourceRecord event(String op, long pk, @Nullable Map<String, ?> before, @Nullable Map<String, ?> after) {
        return event(op, pk, before, after, "[\"900\",\"" + lsn + "\"]", new ConnectHeaders());
    }

    SourceRecord event(
            String op,
            long pk,
            @Nullable Map<String, ?> before,
            @Nullable Map<String, ?> after,
            String sequence,
            ConnectHeaders headers) {
        Struct source = new Struct(SOURCE)
                .put("snapshot", op.equals("r") ? "true" : "false")
                .put("ts_ms", AT)
                .put("sequence", sequence)
                .put("lsn", lsn++);
        Struct value = new Struct(envelope.schema()).put("op", op).put("source", source);
        if (before != null) {
            value.put("before", row(before));
        }
        if (after != null) {
            value.put("after", row(after));
        }
        return new SourceRecord(
                Map.of("server", "test"),
                Map.of("lsn", lsn, "messageType", "UPDATE"),
                "test.public.person",
                null,
                KEY,
                new Struct(KEY).put("pk", pk),
                envelope.schema(),
                value,
                null,
                headers);
    }

    private Struct row(Map<String, ?> values) {
        Struct struct = new Struct(row);
        values.forEach(struct::put);
        return struct;
    }
}
