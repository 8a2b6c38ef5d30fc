package io.tongdao.contract.dispute;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * A row that is not heard about a subject, since it seems to be about somebody else (art. 24). The value of {@code ctl.apart.<kind>}, keyed
 * {@link #key}: thematic tables leave such a row out. It ends with a tombstone.
 *
 * @param subject whose key the row has
 * @param row the row part of its key, empty where the dataset has one row a subject
 * @param about under which subject it was judged: the same, or the one that took its place
 */
public record RowApart(String subject, String dataset, String row, String about, Instant since) {
    public static final JsonFormat<RowApart> FORMAT = new JsonFormat<>(RowApart.class);

    /** The key on the topic: in the partition of the row's own records. */
    public String key() {
        return String.join("|", subject, dataset, row, about);
    }

    /** Which row a key is about, also of a tombstone; {@code since} is not in it. */
    public static RowApart ofKey(String key) {
        String[] parts = key.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("a key of " + parts.length + " parts names no row");
        }
        return new RowApart(parts[0], parts[1], parts[2], parts[3], Instant.EPOCH);
    }

    @Override
    public String toString() {
        return "RowApart[" + dataset + " ***]";
    }
}
