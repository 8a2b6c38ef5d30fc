package io.tongdao.reconcile.rule;

import io.tongdao.contract.identity.SubjectKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row that seems to be about another subject than its number says, and is set aside (疑似错号). Names who and since when, never a value. The
 * value of {@code flag.review}, keyed {@code subject|dataset|row}.
 *
 * @param kind of the subject
 * @param row the row part of the record's key, empty where the dataset has one row a subject
 * @param state {@code open} or {@code closed}
 * @param leader the dataset of the row that leads; empty: rows of the issuer contradict each other, and none leads
 * @param addressees agencies that are told: the row's and the leader's
 * @param compared 128 bits of a keyed hash of what was compared, hex: a ruling is about these values
 * @param since source time of the change that opened it
 * @param closed source time of the change that closed it
 * @param reason why closed: {@code same}, {@code different}: by a ruling; {@code agree}: they contradict each other no longer;
 *     {@code gone}: the row is gone
 */
public record Review(
        String subject,
        String kind,
        String dataset,
        String row,
        String state,
        String leader,
        List<String> addressees,
        String compared,
        Instant since,
        @Nullable Instant closed,
        @Nullable String reason) {
    public static final String OPEN = "open";
    public static final String CLOSED = "closed";

    /** Why a review was closed. */
    public enum Reason {
        SAME,
        DIFFERENT,
        AGREE,
        GONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A row that is set aside from now on. */
    public static Review open(
            String subject,
            SubjectKind kind,
            String dataset,
            String row,
            String leader,
            String compared,
            Instant since) {
        List<String> addressees = Stream.of(dataset, leader)
                .filter(id -> !id.isEmpty())
                .map(Reconciler::agency)
                .distinct()
                .sorted()
                .toList();
        return new Review(subject, kind.word(), dataset, row, OPEN, leader, addressees, compared, since, null, null);
    }

    public Review close(Instant when, Reason why) {
        return new Review(subject, kind, dataset, row, CLOSED, leader, addressees, compared, since, when, why.word());
    }

    public boolean stands() {
        return state.equals(OPEN);
    }

    /** {@code dataset|row}. */
    public String rowKey() {
        return dataset + '|' + row;
    }

    /** The key on the topic. */
    public String key() {
        return subject + '|' + rowKey();
    }

    @Override
    public String toString() {
        return "Review[" + dataset + " " + state + "]";
    }
}
