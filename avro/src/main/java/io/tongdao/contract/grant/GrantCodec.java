package io.tongdao.contract.grant;

import io.tongdao.contract.serde.JsonFormat;

/**
 * The formats of {@code ctl.grant}, {@code ctl.release.<kind>} and {@code ctl.ack}: a format byte and JSON, newer refused. A grant of format 1
 * was flat, and is read.
 */
public final class GrantCodec {
    private static final byte PARTED = 2;

    public static final JsonFormat<Grant> GRANT = new JsonFormat<>(Grant.class, PARTED, FlatGrant::parted);
    public static final JsonFormat<GrantCommand> COMMAND = holding(GrantCommand.class);
    public static final JsonFormat<Ack> ACK = new JsonFormat<>(Ack.class);

    private GrantCodec() {}

    /** The format of a record that holds a grant as its {@code grant}. */
    public static <T> JsonFormat<T> holding(Class<T> type) {
        return new JsonFormat<>(type, PARTED, FlatGrant::within);
    }
}
