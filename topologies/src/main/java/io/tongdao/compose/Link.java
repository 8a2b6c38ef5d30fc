package io.tongdao.compose;

import java.util.List;

/**
 * What stands beside a row by the identifier of another subject (an employee's employer): everything that one item of the row leads to.
 *
 * @param name the item of the row with the identifier, and what it identifies
 * @param parts of the other subject's sources; their targets count from 0 in this link
 * @param targets where the link's items go in the table
 * @param definition names what is asked for: an answer to another question is none
 */
@SuppressWarnings("ArrayRecordComponent") // compiled positions, never compared
record Link(String name, Reference reference, List<Part> parts, int[] targets, String definition) {

    /** What the other subject's rows say, in the order of the link's items. */
    Part.Values answer(Rows rows, Subject of) {
        Part.Values values = Part.Values.none(targets.length);
        parts.forEach(part -> part.fill(rows.speaker(part.source(), of), values));
        return values;
    }

    /** Puts an answer where it goes in the table. */
    void fill(Part.Values answer, Part.Values table) {
        for (int i = 0; i < targets.length; i++) {
            table.items()[targets[i]] = answer.items()[i];
            table.disputed()[targets[i]] = answer.disputed()[i];
        }
    }
}
