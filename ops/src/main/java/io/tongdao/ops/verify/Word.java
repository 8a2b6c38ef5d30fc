package io.tongdao.ops.verify;

import java.util.Locale;

/** What is said of one item; nothing else leaves. */
public enum Word {
    /** 一致: the stated value is held. */
    MATCHES,
    /** 不一致: another one is held. */
    DIFFERS,
    /** 未持有: nothing is held of the subject, or no value of the item, that the grant may know. */
    NOT_HELD,
    /** 一致, where it is sensitive that a subject is held at all. */
    MATCH,
    /** Anything else there. */
    NO_MATCH,
    /** 未比对: the attempts are used up, and nothing was compared. */
    REFUSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same, said so that nobody learns whether the subject is held. */
    Word hidden() {
        return switch (this) {
            case MATCHES, MATCH -> MATCH;
            case DIFFERS, NOT_HELD, NO_MATCH -> NO_MATCH;
            case REFUSED -> REFUSED;
        };
    }

    /** Whether it may mean that nothing is held. */
    boolean maybeUnknown() {
        return this == NOT_HELD || this == NO_MATCH;
    }

    /** Whether it may mean that the stated value is wrong. */
    boolean maybeWrong() {
        return this == DIFFERS || this == NO_MATCH;
    }

    static Word of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
