package io.tongdao.ops.query;

/** A query that can't be answered as it was asked, in one line for the person. */
public final class QueryUnanswered extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public QueryUnanswered(String message) {
        super(message);
    }
}
