package io.tongdao.collect;

import io.tongdao.collect.files.DropCheck;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What collection from inboxes needs beside {@link CollectSettings}.
 *
 * @param scratch a directory of our own, for what is rebuilt at every start; holds keys, no values
 * @param look how often an inbox is looked into
 * @param check how long a drop that does not fit may still be being written
 */
public record FileSettings(CollectSettings collect, Path scratch, Duration look, DropCheck check) {

    /** A look each second; a mismatch is final 10 s after the last write, an announced file is awaited for an hour. */
    public static FileSettings of(CollectSettings collect, Path scratch) {
        return new FileSettings(
                collect, scratch, Duration.ofSeconds(1), new DropCheck(Duration.ofSeconds(10), Duration.ofHours(1)));
    }
}
