package io.tongdao.collect;

/**
 * Why a value could not be taken over: a short stable code and nothing of the value.
 *
 * @param code {@code type.<word>}, {@code date.zero-or-infinite}, {@code text.too-long}, …, or an identifier's code
 */
record Rejected(String code) {
    static final Rejected TYPE_DATE = new Rejected("type.date");
    static final Rejected TYPE_TIMESTAMP = new Rejected("type.timestamp");
    static final Rejected TYPE_NUMBER = new Rejected("type.number");
    static final Rejected TYPE_BOOLEAN = new Rejected("type.boolean");
    static final Rejected TYPE_TEXT = new Rejected("type.text");
    static final Rejected NO_DATE = new Rejected("date.zero-or-infinite");
    static final Rejected OUT_OF_RANGE = new Rejected("number.out-of-range");
    static final Rejected TOO_PRECISE = new Rejected("decimal.too-many-fraction-digits");
    static final Rejected TOO_LONG = new Rejected("text.too-long");
    static final Rejected UNMAPPABLE = new Rejected("text.unmappable");
    static final Rejected UNAVAILABLE = new Rejected("value.unavailable");
    static final Rejected NO_IDENTIFIER = new Rejected("identifier.missing");
    /** A type code that says of none of the row's possible subjects that it is there. */
    static final Rejected NO_SUBJECT = new Rejected("subject.none");

    static final Rejected NO_ROW_KEY = new Rejected("row-key.missing");
    /** A file holds the row twice: the second is refused. */
    static final Rejected ROW_REPEATED = new Rejected("row.repeated");
    /** Another row of the same file has the key. */
    static final Rejected KEY_REPEATED = new Rejected("row-key.repeated");

    static final Rejected TOO_LARGE = new Rejected("row.too-large");
}
