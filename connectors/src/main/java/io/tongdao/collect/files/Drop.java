package io.tongdao.collect.files;

import java.nio.file.Path;

/** A manifest that lies in an inbox, and where its file is or will be. */
public record Drop(Path manifest, Path file) {
    /** What a manifest's name has after its file's name. */
    static final String SUFFIX = ".manifest.json";

    static boolean isManifest(String name) {
        return name.endsWith(SUFFIX) && name.length() > SUFFIX.length() && !name.startsWith(".");
    }

    static Drop of(Path manifest) {
        String name = manifest.getFileName().toString();
        return new Drop(manifest, manifest.resolveSibling(name.substring(0, name.length() - SUFFIX.length())));
    }

    @Override
    public String toString() {
        return "Drop[***]";
    }
}
