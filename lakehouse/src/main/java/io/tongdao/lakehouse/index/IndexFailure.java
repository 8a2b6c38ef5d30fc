package io.tongdao.lakehouse.index;

import org.rocksdb.RocksDBException;

/** The index can't be read or written: the table's writer is opened anew, and the index is rebuilt if it has to be. */
public final class IndexFailure extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    IndexFailure(String message, RocksDBException cause) {
        super(message, cause);
    }
}
