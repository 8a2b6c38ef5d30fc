package io.tongdao.collect;

import io.tongdao.collect.files.Manifest;
import io.tongdao.collect.files.Manifest.Kind;
import org.jspecify.annotations.Nullable;

/** What becomes of a dropped file, by what was taken before it. Pure. */
sealed interface FileOrder {
    /** It is next. */
    record Take() implements FileOrder {}

    /** It waits in the inbox, and why. */
    record Held(String why) implements FileOrder {}

    /** It was taken before. */
    record Taken(FileLoad load) implements FileOrder {}

    /** A full load that came after it has been taken: it has nothing to say any more. */
    record Superseded(FileLoad by) implements FileOrder {}

    /** It contradicts what was taken. */
    record Refused(String why) implements FileOrder {}

    /**
     * @param newest the load taken last, null: none yet
     * @param same the load taken under the manifest's sequence, null: none
     * @param definition what the catalogue says of the dataset now
     */
    static FileOrder of(Manifest manifest, @Nullable FileLoad newest, @Nullable FileLoad same, String definition) {
        if (same != null) {
            return same.digest().equals(manifest.digest().toString()) && same.kind() == manifest.kind()
                    ? new Taken(same)
                    : new Refused("sequence: " + manifest.sequence() + " was taken on " + same.at()
                            + " with another content; the next one is " + (newest == null ? 1 : newest.sequence() + 1));
        }
        if (newest != null && manifest.sequence() < newest.sequence()) {
            return new Superseded(newest);
        }
        if (manifest.kind() == Kind.FULL) {
            return new Take();
        }
        if (newest == null) {
            return new Held("a delta needs a full load before it; drop one");
        }
        if (!newest.definition().equals(definition)) {
            return new Held("the catalogue describes the dataset otherwise since sequence " + newest.sequence()
                    + " was taken; drop a full load");
        }
        long next = newest.sequence() + 1;
        if (manifest.sequence() > next) {
            long last = manifest.sequence() - 1;
            return new Held((next == last
                            ? "sequence " + next + " is missing"
                            : "sequences " + next + " to " + last + " are missing")
                    + "; drop what is missing, or a full load");
        }
        return new Take();
    }
}
