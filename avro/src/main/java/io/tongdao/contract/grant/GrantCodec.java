package io.tongdao.contract.grant;

import io.tongdao.contract.serde.JsonFormat;

/** The formats of {@code ctl.grant}, {@code ctl.release.<kind>} and {@code ctl.ack}: a format byte and JSON, newer refused. */
public final class GrantCodec {
    public static final JsonFormat<Grant> GRANT = new JsonFormat<>(Grant.class);
    public static final JsonFormat<GrantCommand> COMMAND = new JsonFormat<>(GrantCommand.class);
    public static final JsonFormat<Ack> ACK = new JsonFormat<>(Ack.class);

    private GrantCodec() {}
}
