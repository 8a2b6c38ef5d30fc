package io.tongdao.contract.grant;

import io.tongdao.contract.serde.JsonFormat;

/**
 * The formats of {@code ctl.grant}, {@code ctl.release.<kind>} and {@code ctl.ack}: a format byte and JSON, newer refused. A grant of format 1
 * was flat, one of format 2 could not deliver files; both are read.
 */
public final class GrantCodec {
    private static final byte WITH_FILES = 3;

    public static final JsonFormat<Grant> GRANT = new JsonFormat<>(Grant.class, WITH_FILES, FlatGrant::parted);
    public static final JsonFormat<GrantCommand> COMMAND = holding(GrantCommand.class);
    public static final JsonFormat<Ack> ACK = new JsonFormat<>(Ack.class);

    private GrantCodec() {}

    /** The format of a record that holds a grant as its {@code grant}. */
    public static <T> JsonFormat<T> holding(Class<T> type) {
        return new JsonFormat<>(type, WITH_FILES, FlatGrant::within);
    }
}
