package io.tongdao.contract.grant;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * A version of a grant's files is wanted, as of an instant or later. The value of {@code ctl.files}, keyed by the grant: obeyed once, also after a
 * downtime, unless the grant is in another epoch by then.
 *
 * @param by who ordered it
 */
public record FileOrder(String grant, int epoch, String by, Instant at) {
    public static final JsonFormat<FileOrder> FORMAT = new JsonFormat<>(FileOrder.class);
}
