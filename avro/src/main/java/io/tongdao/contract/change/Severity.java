package io.tongdao.contract.change;

import java.util.Locale;

/** What a change asks for, from the lightest. */
public enum Severity {
    /** Carried out without anything pausing. */
    FREE,
    /** A stage or a connection pauses for seconds and goes on where it stopped. */
    RESTART,
    /** Something is built anew from its source, in a time that grows with its rows; all else goes on. */
    REBUILD,
    /** Discloses more or gives something up: only with the confirmation that the change names. */
    CONFIRM,
    /** Can't be carried out on this exchange. */
    REFUSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
