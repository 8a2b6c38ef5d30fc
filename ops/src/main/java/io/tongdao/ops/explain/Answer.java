package io.tongdao.ops.explain;

import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.dispute.Ruling;
import io.tongdao.contract.witness.Access;
import io.tongdao.reconcile.Explanation;
import io.tongdao.reconcile.SubjectLog;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Review;
import java.util.List;
import java.util.Set;

/** What somebody is shown of a subject. It is on record already. */
public sealed interface Answer {
    Access access();

    String subject();

    /**
     * Everything, for the authority.
     *
     * @param discrepancies as they were told last, closed ones too
     * @param reviews as they were told last, closed ones too
     * @param successor the identifier that it has become; empty: none
     */
    record Whole(
            Access access,
            String subject,
            boolean known,
            Explanation explanation,
            List<Discrepancy> discrepancies,
            List<Review> reviews,
            List<Objection> objections,
            List<Ruling> rulings,
            String successor,
            Set<String> former)
            implements Answer {
        /** As of somebody whom nobody knows: what people said about a subject that leaves no trace leaves none either. */
        static Whole nobody(Access access, String subject, Explanation explanation) {
            return new Whole(
                    access, subject, false, explanation, List.of(), List.of(), List.of(), List.of(), "", Set.of());
        }

        @Override
        public String toString() {
            return "Whole[***]";
        }
    }

    /**
     * What some agencies say themselves: made of their rows alone, so that nothing of another's can be in it. What leaves no trace is in it for the
     * agency itself, and for no authority.
     *
     * @param rows theirs about this very identifier
     * @param steps what they said before
     * @param discrepancies that are addressed to them
     * @param reviews of rows that are addressed to them
     */
    record Own(
            Access access,
            String subject,
            Set<String> datasets,
            List<Claim> rows,
            List<SubjectLog.Step> steps,
            List<Discrepancy> discrepancies,
            List<Review> reviews)
            implements Answer {
        @Override
        public String toString() {
            return "Own[***]";
        }
    }
}
