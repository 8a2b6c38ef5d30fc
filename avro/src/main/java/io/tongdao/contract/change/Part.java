package io.tongdao.contract.change;

import java.util.Locale;

/** What a catalogue consists of. */
public enum Part {
    AGENCY,
    DIVISIONS,
    CALENDAR,
    STANDARD,
    PURPOSE,
    CONNECTION,
    INBOX,
    RECEIVER,
    DATASET,
    LOGICAL_DATASET,
    ITEM,
    BASE,
    THEME,
    PUBLICATION,
    VERIFICATION,
    FILES,
    DAYS;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
