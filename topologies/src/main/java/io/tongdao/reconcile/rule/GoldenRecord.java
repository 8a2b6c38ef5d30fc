package io.tongdao.reconcile.rule;

import io.tongdao.contract.topic.Pos;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one record of a subject (一数一源): each item with where it comes from, and which items another source contradicts.
 *
 * @param items in the order of the base database, only those that have a value; none at all: there is no golden record
 * @param disputed names of items, in the same order
 */
public record GoldenRecord(Map<String, Item> items, List<String> disputed) {

    /** Which rule decided. */
    public enum Rule {
        SOURCE_OF_RECORD("source_of_record"),
        FALLBACK("fallback"),
        MOST_RECENT("most_recent"),
        TRUST("trust"),
        /** Of sources that are trusted nearly alike, by the ties. */
        TRUST_TIE("trust_tie"),
        AGREE("agree"),
        /** Too few agree: the first source that has a value. */
        AGREE_ORDER("agree_order"),
        /** A ruling found the source wrong. */
        RULING("ruling");

        private final String word;

        Rule(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public record Item(
            Object value,
            String dataset,
            Pos since,
            @Nullable Instant at,
            Rule rule) {
        @Override
        public String toString() {
            return "Item[" + dataset + " ***]";
        }
    }

    /** The same record with other disputed items. */
    public GoldenRecord disputing(List<String> others) {
        return new GoldenRecord(items, others);
    }

    public boolean exists() {
        return !items.isEmpty();
    }

    /** The newest source time of what it consists of; none if all of it was read by snapshots. */
    public @Nullable Instant at() {
        Instant newest = null;
        for (Item item : items.values()) {
            Instant at = item.at();
            if (at != null && (newest == null || at.isAfter(newest))) {
                newest = at;
            }
        }
        return newest;
    }
}
