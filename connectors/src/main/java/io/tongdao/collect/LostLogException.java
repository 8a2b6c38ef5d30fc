package io.tongdao.collect;

import org.apache.kafka.connect.errors.ConnectException;

/** The source's log no longer reaches back to where its reading stopped: changes may be missing, and only people decide what to do. */
final class LostLogException extends ConnectException {
    private static final long serialVersionUID = 1;

    /** @param what one line for people, without what to do about it */
    LostLogException(String what) {
        super(what);
    }
}
