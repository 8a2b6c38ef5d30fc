package io.tongdao.reconcile.rule;

import io.tongdao.contract.topic.Pos;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one row of a dataset says of a subject.
 *
 * @param dataset its id
 * @param row the row part of the record's key, empty where the dataset has one row a subject
 * @param since the position at which the row began to say this; a later version of the row that says the same keeps it
 * @param at when that was committed at the source; none if a snapshot read it
 * @param asOf when the row was true by its own word, in the type of that item; none if the dataset has no such item
 * @param items base item → value, without nulls: text and codes {@code String}, dates epoch days, decimals {@code BigDecimal};
 *     {@link Withdrawn#VALUE} where the row takes the item back
 * @param names the other subjects that the row names, as they stand in keys
 */
public record Claim(
        String dataset,
        String row,
        Pos since,
        @Nullable Instant at,
        @Nullable Object asOf,
        Map<String, Object> items,
        Set<String> names) {
    /** Stands among the items for the former identifiers that a row names: subject parts of keys, separated by bars. */
    public static final String FORMERLY = "_formerly";

    /** Never in a component of a key. */
    private static final char MOVED = '!';

    /** What a row says that names no other subject. */
    public Claim(
            String dataset,
            String row,
            Pos since,
            @Nullable Instant at,
            @Nullable Object asOf,
            Map<String, Object> items) {
        this(dataset, row, since, at, asOf, items, Set.of());
    }

    /** The row of a claim that is heard as one about a subject's successor. */
    public static String movedRow(String subject, String row) {
        return subject + MOVED + row;
    }

    /** Whether it was written about a former identifier of the subject. */
    public boolean moved() {
        return moved(row);
    }

    static boolean moved(String row) {
        return row.indexOf(MOVED) >= 0;
    }

    /** The subject that it was written about. */
    public String writtenAbout(String subject) {
        return writtenAbout(row, subject);
    }

    /** The subject that a row was written about. */
    public static String writtenAbout(String row, String subject) {
        int end = row.indexOf(MOVED);
        return end < 0 ? subject : row.substring(0, end);
    }

    /** The row part of the key that it was written under. */
    public String writtenRow() {
        return writtenRow(row);
    }

    /** The row part of the key that a row was written under. */
    public static String writtenRow(String row) {
        return row.substring(row.lastIndexOf(MOVED) + 1);
    }

    /** Whether both say the same of the subject, whenever they said it and whomever they name besides. */
    public boolean says(Claim that) {
        return items.equals(that.items) && java.util.Objects.equals(asOf, that.asOf);
    }

    Claim under(String other) {
        return new Claim(dataset, other, since, at, asOf, items, names);
    }

    Claim dated(Claim that) {
        return new Claim(dataset, row, that.since, that.at, asOf, items, names);
    }

    @Override
    public String toString() {
        return "Claim[" + dataset + " ***]";
    }
}
