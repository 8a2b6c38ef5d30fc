package io.tongdao.ops.files;

import java.nio.file.Path;

/** One version of a grant's files, as it stands on the disk. */
public record FileVersion(Path directory, FileManifest manifest) {
    /** The file that is picked up. */
    public Path data() {
        return directory.resolve(manifest.data().file());
    }
}
