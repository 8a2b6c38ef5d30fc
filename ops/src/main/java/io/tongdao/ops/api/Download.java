package io.tongdao.ops.api;

import io.tongdao.contract.seal.FileDigest;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * An answer that is a file, not JSON.
 *
 * @param allowed asked before each piece: false breaks the connection off
 * @param record puts it on record, before the first byte
 */
record Download(Path file, FileDigest digest, BooleanSupplier allowed, Recording record) {
    static final String TYPE = "application/octet-stream";

    /** Fails if it can't be put on record: then nothing is sent. */
    @FunctionalInterface
    interface Recording {
        void of(ByteRange range);
    }
}
