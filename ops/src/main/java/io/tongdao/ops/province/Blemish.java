package io.tongdao.ops.province;

import java.util.List;

/** What is planted on a person; at most one thing each, so that the truth can be told for each alone. */
enum Blemish {
    NONE,
    /** The household row's number fails its check digit. */
    POLICE_CHECK_DIGIT,
    POLICE_30_FEBRUARY,
    POLICE_EMPTY_ID,
    POLICE_SHORT_ID,
    /** The household row's birth date is infinite: a row that can't be read. */
    POLICE_ENDLESS_BIRTH,
    /** No household row at all: other agencies know the person. */
    POLICE_MISSING,
    /** Forms that normalise and are right. */
    POLICE_LOWER_X,
    POLICE_FULL_WIDTH_ID,
    POLICE_SPACED_ID,
    /** The social insurance copy has the former name, or a misheard one. */
    INSURANCE_NAME,
    /** The marriage register's copy has. */
    MARRIAGE_NAME,
    /** Differences of writing that must not count. */
    INSURANCE_SPELLING,
    MARRIAGE_SPELLING,
    /** The household row's sex is not that of the number, or its birth date is a day later. */
    POLICE_SEX,
    POLICE_BIRTH,
    INSURANCE_CHECK_DIGIT,
    INSURANCE_EMPTY_ID,
    MARRIAGE_CHECK_DIGIT;

    private static final List<Blemish> BAD_HOUSEHOLD_ROWS =
            List.of(POLICE_CHECK_DIGIT, POLICE_30_FEBRUARY, POLICE_EMPTY_ID, POLICE_SHORT_ID, POLICE_ENDLESS_BIRTH);
    private static final List<Blemish> OTHER_FORMS = List.of(POLICE_LOWER_X, POLICE_FULL_WIDTH_ID, POLICE_SPACED_ID);
    private static final List<Blemish> BAD_COPIES =
            List.of(INSURANCE_CHECK_DIGIT, INSURANCE_EMPTY_ID, MARRIAGE_CHECK_DIGIT);

    /**
     * In 10,000 people: 18 bad household rows, 30 missing, 30 in another form, 230 names that differ (of those who have such a row),
     * 100 that are only written differently, 30 bad copies, 12 household rows that contradict their number.
     */
    static Blemish draw(Dice dice) {
        int lot = dice.below(10_000);
        if (lot < 48) {
            return lot < 18 ? BAD_HOUSEHOLD_ROWS.get(lot % 5) : POLICE_MISSING;
        }
        if (lot < 78) {
            return OTHER_FORMS.get(lot % 3);
        }
        if (lot < 308) {
            return lot < 178 ? INSURANCE_NAME : MARRIAGE_NAME;
        }
        if (lot < 408) {
            return lot < 358 ? INSURANCE_SPELLING : MARRIAGE_SPELLING;
        }
        if (lot < 438) {
            return BAD_COPIES.get(lot % 3);
        }
        return lot < 444 ? POLICE_SEX : lot < 450 ? POLICE_BIRTH : NONE;
    }

    /** Whether the household row contradicts its own number. */
    boolean contradictsNumber() {
        return this == POLICE_SEX || this == POLICE_BIRTH;
    }

    /** Whether the household register has a row of the person that must be rejected. */
    boolean badHouseholdRow() {
        return BAD_HOUSEHOLD_ROWS.contains(this);
    }
}
