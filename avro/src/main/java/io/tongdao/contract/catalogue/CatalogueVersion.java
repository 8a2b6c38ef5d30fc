package io.tongdao.contract.catalogue;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * One version of the catalogue as it was published (art. 16): in {@code ctl.catalogue} under {@code v<n>}, its archive beside it in
 * {@code v<n>|<chunk>}. Versions are kept for good.
 *
 * @param version from 1, without gaps
 * @param digest of its files
 * @param author who published it
 * @param note why, in the author's words
 * @param consultation the record of the consultation with consumers whose grants it restricts (art. 36), or empty
 * @param filing the number of its filing with the authority, or empty
 * @param chunks how many parts the archive has
 */
public record CatalogueVersion(
        int version,
        String digest,
        String author,
        String note,
        String consultation,
        String filing,
        Instant at,
        int chunks) {
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");

    public static final JsonFormat<CatalogueVersion> FORMAT = new JsonFormat<>(CatalogueVersion.class);

    /** A part of an archive: a message of the topic has a limit, a catalogue has none. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Chunk(byte[] bytes) {
        public static final JsonFormat<Chunk> FORMAT = new JsonFormat<>(Chunk.class);
    }

    /** The day by which it is read for as long as it is in force, in Asia/Shanghai: what was valid then stays valid. */
    public LocalDate accepted() {
        return at.atZone(HERE).toLocalDate();
    }

    /** The first characters of the digest: enough for a person to tell two versions apart. */
    public String shortDigest() {
        return digest.substring(0, Math.min(12, digest.length()));
    }

    /** {@code version 3 (1f2e3d…)}. */
    public String name() {
        return "version " + version + " (" + shortDigest() + ")";
    }
}
