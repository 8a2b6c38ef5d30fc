package io.tongdao.reconcile;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.Identity;
import io.tongdao.reconcile.rule.OpenConflict;
import io.tongdao.reconcile.rule.Testimony;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How everything about a subject came about: what each item is, who says what of it, by which rule it was chosen, and what it was before.
 *
 * @param records one for each base database of the kind
 * @param apart rows that are not heard, since they seem to be about somebody else
 * @param changes of the golden records, the oldest first, as the rules of today find them from the claims of then
 * @param exact whether this is what the stage has written: the digests of all records are those in state
 */
public record Explanation(List<Record> records, List<Identity.Apart> apart, List<Change> changes, boolean exact) {

    /**
     * A golden record.
     *
     * @param ver of the version that the stage has written last
     * @param testimonies in the order of the items
     * @param conflicts that stand, those within their grace too
     */
    public record Record(
            BasePlan base, Ver ver, GoldenRecord golden, List<Testimony> testimonies, List<OpenConflict> conflicts) {

        public List<Testimony> of(String item) {
            return testimonies.stream().filter(one -> one.item().equals(item)).toList();
        }

        @Override
        public String toString() {
            return "Record[" + base.name() + " ***]";
        }
    }

    /**
     * An item became another.
     *
     * @param dataset whose row made it so
     * @param at when that was committed at the source; none if a snapshot read it
     * @param before none: it had no value
     * @param after none: it has none any more
     */
    public record Change(
            String base,
            String item,
            String dataset,
            Instant arrived,
            @Nullable Instant at,
            GoldenRecord.@Nullable Item before,
            GoldenRecord.@Nullable Item after) {
        @Override
        public String toString() {
            return "Change[" + base + "." + item + " ***]";
        }
    }
}
