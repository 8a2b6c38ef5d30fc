package io.tongdao.contract.verify;

import java.util.Map;

/**
 * Asks an agency's own database about a dataset that is collected logically (逻辑归集): does what somebody states of a subject agree with
 * what the agency holds? Values go in, none comes out. What may be asked, and by whom, is decided before; attempts are limited and
 * recorded there too. Safe for use by many threads.
 */
public interface VerifyAtSource {
    /**
     * Answers every item of the question, in at most the time limit of its source. Never throws for what the source does or holds:
     * that is {@link Answer#UNAVAILABLE}.
     *
     * @throws IllegalArgumentException if the dataset is not collected logically, or has no such item or role; says nothing of the values
     */
    Map<String, Answer> verify(Question question);

    /**
     * What is stated of one subject.
     *
     * @param dataset {@code agency.dataset}
     * @param role the subject's role where a row has several subjects; empty: any of them
     * @param subject its identifier as the asker writes it
     * @param stated item → the stated value, as it would stand in a file: dates as {@code 2026-03-01}
     */
    record Question(String dataset, String role, String subject, Map<String, String> stated) {
        public Question {
            stated = Map.copyOf(stated);
        }

        @Override
        public String toString() {
            return "Question[" + dataset + ' ' + stated.keySet() + ']';
        }
    }

    /** What is said of one item; nothing else leaves the agency. */
    enum Answer {
        /** The agency holds the stated value. */
        MATCHES,
        /** The agency holds another one. */
        DIFFERS,
        /** The agency holds no row of this subject, or no value of this item. */
        NOT_HELD,
        /** The source did not answer in time, may not be asked so often, or holds what can't be read: nothing is said. */
        UNAVAILABLE
    }
}
