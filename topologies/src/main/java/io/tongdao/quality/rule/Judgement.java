package io.tongdao.quality.rule;

/** What one rule says of one row. */
enum Judgement {
    KEPT,
    BROKEN,
    /** The rule has nothing to say: the value is missing, and that it must not be is another rule. */
    NOT_ASKED;

    static Judgement kept(boolean kept) {
        return kept ? KEPT : BROKEN;
    }
}
