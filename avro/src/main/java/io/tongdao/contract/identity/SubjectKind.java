package io.tongdao.contract.identity;

import java.util.Locale;

/** What a record is about (art. 24). Closed: a new kind is a decision of the design, not of a catalogue. */
public enum SubjectKind {
    PERSON,
    ORGANISATION,
    PLACE,
    OTHER;

    /** The word of the catalogue and of topic names: {@code person}, {@code organisation}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
