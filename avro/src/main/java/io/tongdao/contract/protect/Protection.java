package io.tongdao.contract.protect;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What leaves no trace in golden records, flags, thematic tables and releases, except for those who issued it. The value of
 * {@code ctl.protect.<kind>}, keyed {@link #key()}: a copy of each stands in every partition of every kind, since any row may name a protected
 * subject. One that is lifted stays on record.
 *
 * @param subject of a subject or a link, as it stands in keys: one end; of a row: the row's subject
 * @param other of a link: its other end; else empty
 * @param dataset of a row; else empty
 * @param row of a row: the row part of its record's key, empty where the dataset has one row a subject
 * @param basis the article that says so
 * @param by who decided: an agency's id, or {@code authority}
 * @param lifted null: it is in force
 */
public record Protection(
        Of of,
        String subject,
        String other,
        String dataset,
        String row,
        Ground ground,
        String basis,
        String by,
        String reason,
        Instant at,
        @Nullable Lifted lifted) {
    public static final JsonFormat<Protection> FORMAT = new JsonFormat<>(Protection.class);

    /** What is protected. */
    public enum Of {
        /** Everything about a subject, and every row that names it. */
        SUBJECT,
        /** One row of a dataset. */
        ROW,
        /** That two identifiers, or two people, have to do with each other. */
        LINK
    }

    /** Why. */
    public enum Ground {
        /** 收养秘密 (民法典 1110). */
        ADOPTION,
        /** 未成年人犯罪记录封存 (刑事诉讼法 286). */
        SEALED_RECORD,
        /** 被保护人 (刑事诉讼法 64). */
        PROTECTED_PERSON,
        /** Another law or administrative regulation. */
        OTHER
    }

    /** The end of it. */
    public record Lifted(String by, String reason, Instant at) {}

    /** The key on the topic: what is protected, so that a second decision about it takes the first one's place. */
    public String key() {
        return switch (of) {
            case SUBJECT -> "subject|" + subject;
            case ROW -> "row|" + dataset + '|' + subject + '|' + row;
            case LINK ->
                subject.compareTo(other) < 0 ? "link|" + subject + '|' + other : "link|" + other + '|' + subject;
        };
    }

    /** The subjects whose own rows it is about. */
    public List<String> subjects() {
        return of == Of.LINK ? Stream.of(subject, other).sorted().toList() : List.of(subject);
    }

    public boolean inForce() {
        return lifted == null;
    }

    /** When it was decided last. */
    public Instant changed() {
        return lifted == null ? at : lifted.at();
    }

    public Protection lift(String who, String why, Instant when) {
        return new Protection(
                of, subject, other, dataset, row, ground, basis, by, reason, at, new Lifted(who, why, when));
    }

    @Override
    public String toString() {
        return "Protection[" + of + " " + (inForce() ? "in force" : "lifted") + "]";
    }
}
