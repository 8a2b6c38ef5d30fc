package io.tongdao.collect;

import org.apache.kafka.connect.errors.ConnectException;

/** Collection can't go on. The message says what to do in one line, and holds nothing of a row. */
public sealed class CollectException extends ConnectException permits SourceAwayException {
    private static final long serialVersionUID = 1;

    public CollectException(String message) {
        super(message);
    }

    public CollectException(String message, Throwable cause) {
        super(message, cause);
    }
}
