package io.tongdao.collect.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a drop is whole. Nothing locks a file that comes over a network: what does not fit may still be being written, and is given time.
 *
 * @param settle how long after the last write a mismatch may still be a file in the making
 * @param patience how long a manifest waits for the file that it announces
 */
public record DropCheck(Duration settle, Duration patience) {

    /**
     * The manifest of a drop.
     *
     * @return null while it may still be being written
     */
    public @Nullable Manifest manifest(Drop drop, Collection<String> datasets, Instant now)
            throws IOException, UnfitFile {
        try {
            if (Files.size(drop.manifest()) > ManifestReader.LONGEST) {
                throw new UnfitFile("the manifest is longer than " + ManifestReader.LONGEST + " bytes");
            }
            return ManifestReader.read(Files.readAllBytes(drop.manifest()), datasets, now);
        } catch (UnfitFile e) {
            if (fresh(drop.manifest(), settle, now)) {
                return null;
            }
            throw e;
        }
    }

    /** Why a drop still waits; null: its file is what the manifest says. */
    public @Nullable String waiting(Drop drop, Manifest manifest, Instant now) throws IOException, UnfitFile {
        Path file = drop.file();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return patient(drop, "the manifest's file is not there", now);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnfitFile("what the manifest announces is no file");
        }
        long size = Files.size(file);
        if (size < manifest.bytes()) {
            return patient(drop, "bytes: %,d of %,d are there".formatted(size, manifest.bytes()), now);
        }
        if (size == manifest.bytes()
                && FileDigest.of(manifest.digest().algorithm(), file).equals(manifest.digest())) {
            return null;
        }
        String problem = size > manifest.bytes()
                ? "bytes: the file has %,d, the manifest says %,d".formatted(size, manifest.bytes())
                : "digest: the file has another one than the manifest says ("
                        + manifest.digest().algorithm().name().toLowerCase(Locale.ROOT) + ")";
        if (fresh(file, settle, now)) {
            return problem + "; it was written a moment ago";
        }
        throw new UnfitFile(problem);
    }

    private String patient(Drop drop, String why, Instant now) throws IOException, UnfitFile {
        if (fresh(drop.manifest(), patience, now) || fresh(drop.file(), settle, now)) {
            return why;
        }
        throw new UnfitFile(why + ", and has not come within " + patience.toMinutes() + " minutes");
    }

    private static boolean fresh(Path file, Duration within, Instant now) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file).toInstant().plus(within).isAfter(now);
    }
}
