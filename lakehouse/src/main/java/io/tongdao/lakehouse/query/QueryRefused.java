package io.tongdao.lakehouse.query;

/** A query that can't be answered, in one line for the person who asked it. */
public final class QueryRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    QueryRefused(String message) {
        super(message);
    }

    QueryRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
