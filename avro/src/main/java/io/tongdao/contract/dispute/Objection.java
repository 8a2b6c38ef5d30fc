package io.tongdao.contract.dispute;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;

/**
 * Somebody objects to a value of a golden record (异议, art. 20): the item is disputed at once, until a ruling settles it or the objection is
 * taken back. The value of {@code ctl.objection.<kind>}, keyed {@code subject|base|item}; a tombstone takes it back.
 *
 * @param id names this objection; a later one to the same item is another
 * @param by who objects: the subject, or an agency's id
 * @param reason in words, on record; no value belongs here
 */
public record Objection(String id, String subject, String base, String item, String by, String reason, Instant at) {
    public static final JsonFormat<Objection> FORMAT = new JsonFormat<>(Objection.class);

    /** The key on the topic. */
    public String key() {
        return subject + '|' + base + '|' + item;
    }

    @Override
    public String toString() {
        return "Objection[" + base + "." + item + " ***]";
    }
}
