package io.tongdao.contract.catalogue;

import java.util.regex.Pattern;

/** The forms of the catalogue's names: they become parts of topic, table and Avro names, so they must never be ambiguous. */
final class Ids {
    /** Agencies and connections. */
    static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** Datasets, items, base databases, purposes. */
    static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    /** A table or column of a database. */
    static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\.[A-Za-z_][A-Za-z0-9_]*");

    private Ids() {}

    static String rule(Pattern form) {
        if (form == KEBAB) {
            return "lower-case letters and digits, parts joined by \"-\"";
        }
        if (form == SNAKE) {
            return "lower-case letters and digits, parts joined by \"_\"";
        }
        return form == TABLE
                ? "write schema.table, or database.table for MariaDB and MySQL"
                : "letters, digits and \"_\"";
    }
}
