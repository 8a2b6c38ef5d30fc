package io.tongdao.collect;

/** An agency's database can't be asked just now: nobody listens there, or it takes no connection of ours. */
final class SourceAwayException extends CollectException {
    private static final long serialVersionUID = 1;

    SourceAwayException(String message) {
        super(message);
    }
}
