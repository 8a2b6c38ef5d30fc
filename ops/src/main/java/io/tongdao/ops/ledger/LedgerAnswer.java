package io.tongdao.ops.ledger;

import io.tongdao.contract.witness.Access;
import io.tongdao.contract.witness.ReleasedUnder;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the ledger says to one who may see it. */
public sealed interface LedgerAnswer {
    /** That it was asked, as it stands on record. */
    Access access();

    /**
     * Who received a subject's data.
     *
     * @param received one for each grant, epoch and item set, in the order of the first releases
     * @param verified under which grants values of it were verified
     */
    record OfSubject(Access access, List<Received> received, List<Verified> verified) implements LedgerAnswer {}

    /** How much was released to whom, in the order of time. */
    record OfGrants(Access access, List<Released> released) implements LedgerAnswer {}

    /**
     * @param records rows that were released, each time that they were
     * @param tombstones times that the consumer was told that a row is gone
     */
    record Received(ReleasedUnder under, Instant first, Instant last, long records, long tombstones) {}

    /** @param to exclusive */
    record Released(ReleasedUnder under, Instant from, Instant to, long records, long tombstones) {}

    /** @param items that were compared: never the values, nor what was answered */
    record Verified(
            String grant, int epoch, String consumer, Instant first, Instant last, long times, Set<String> items) {}
}
