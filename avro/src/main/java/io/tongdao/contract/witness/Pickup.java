package io.tongdao.contract.witness;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * A file of a grant was picked up (留痕, art. 35). The value of {@code audit.pickup}, which only grows; keyed by the grant. Written before the first
 * byte is sent, so that no byte is off the record.
 *
 * @param id names this record
 * @param consumer the agency that picked it up
 * @param by the person who acted for it
 * @param version of the files
 * @param sm3 of the whole file, hex
 * @param from the first byte that was asked for
 * @param bytes how many were asked for; fewer were sent if the connection broke or the grant was cut
 */
public record Pickup(
        String id,
        Instant at,
        String grant,
        int epoch,
        String consumer,
        String by,
        String version,
        String file,
        String sm3,
        long from,
        long bytes) {
    public static final JsonFormat<Pickup> FORMAT = new JsonFormat<>(Pickup.class);
}
