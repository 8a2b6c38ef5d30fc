package io.tongdao.contract.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers that every record carries from the first stage on, tombstones too. One place for their names and forms. */
public final class Lineage {
    /** {@link Pos#bytes()}; on src records. */
    public static final String POS = "pos";
    /** {@link Ver#bytes()}; on base and theme records. */
    public static final String VER = "ver";
    /** The source's commit time, epoch milliseconds in 8 bytes; absent on a row that a snapshot read. */
    public static final String AT = "at";
    /** One of {@link Op}, one byte. */
    public static final String OP = "op";
    /** The dataset's id, {@code agency.dataset}, UTF-8. */
    public static final String DATASET = "dataset";
    /** 16 bytes: a digest of the source row's primary key, the owner of the record's key. */
    public static final String ROW = "row";

    private Lineage() {}

    /** What the source did; {@code MARK} is a marker, no row. */
    public enum Op {
        READ('r'),
        CREATE('c'),
        UPDATE('u'),
        DELETE('d'),
        MARK('m');

        private final byte code;

        Op(char code) {
            this.code = (byte) code;
        }

        public byte[] bytes() {
            return new byte[] {code};
        }
    }

    /** Null where the header is missing, or is no operation that this version knows. */
    public static @Nullable Op op(Headers headers) {
        byte[] bytes = bytes(headers, OP);
        for (Op op : Op.values()) {
            if (bytes != null && bytes.length == 1 && bytes[0] == op.code) {
                return op;
            }
        }
        return null;
    }

    public static @Nullable Pos pos(Headers headers) {
        byte[] bytes = bytes(headers, POS);
        return bytes == null ? null : Pos.parse(bytes);
    }

    public static @Nullable Ver ver(Headers headers) {
        byte[] bytes = bytes(headers, VER);
        return bytes == null ? null : Ver.parse(bytes);
    }

    public static @Nullable Instant at(Headers headers) {
        byte[] bytes = bytes(headers, AT);
        return bytes == null
                ? null
                : Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong());
    }

    public static byte[] at(Instant instant) {
        return ByteBuffer.allocate(8).putLong(instant.toEpochMilli()).array();
    }

    public static @Nullable String dataset(Headers headers) {
        byte[] bytes = bytes(headers, DATASET);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    public static byte @Nullable [] row(Headers headers) {
        return bytes(headers, ROW);
    }

    private static byte @Nullable [] bytes(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }
}
