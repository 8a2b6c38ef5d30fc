package io.tongdao.release;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.grant.GrantCommand;
import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * How far one task is with one grant, in the store {@code grants-<kind>} and so in the transaction of the data.
 *
 * @param state STARTED while the backfill runs, then BACKFILLED; STOPPED and FAILED are remembered, so that a late order of the same epoch does
 *     nothing
 * @param cursor the last key of the rows' store that the backfill served; empty before the first
 * @param rows released by the backfill so far
 * @param tokens the version of the tokens' key, as the order said
 */
@SuppressWarnings("ArrayRecordComponent") // a cursor, never compared
record RunState(Grant grant, Ack.State state, byte[] cursor, long rows, String note, int tokens) {
    static final JsonFormat<RunState> FORMAT = GrantCodec.holding(RunState.class);

    RunState {
        tokens = GrantCommand.tokens(tokens);
    }

    static RunState started(GrantCommand order) {
        return new RunState(order.grant(), Ack.State.STARTED, new byte[0], 0, "", order.tokens());
    }

    RunState in(Ack.State next, String note) {
        return new RunState(grant, next, cursor, rows, note, tokens);
    }

    RunState served(byte[] upTo, long more) {
        return new RunState(grant, state, upTo, rows + more, note, tokens);
    }

    boolean runs() {
        return state == Ack.State.STARTED || state == Ack.State.BACKFILLED;
    }

    Ack ack(String kind, int partition, Instant at) {
        return new Ack(grant.id(), grant.epoch(), kind, partition, state, rows, note, at);
    }
}
