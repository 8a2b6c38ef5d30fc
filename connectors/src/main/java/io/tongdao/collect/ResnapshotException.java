package io.tongdao.collect;

import org.apache.kafka.connect.errors.ConnectException;

/** Only a new snapshot with a sweep tells what a source holds: a table was truncated, or the stream has a gap. */
final class ResnapshotException extends ConnectException {
    private static final long serialVersionUID = 1;

    ResnapshotException(String reason) {
        super(reason);
    }
}
