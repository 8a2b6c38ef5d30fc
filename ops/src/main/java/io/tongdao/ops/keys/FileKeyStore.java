package io.tongdao.ops.keys;

import java.util.List;

/**
 * Where keys of files are kept: {@link Pkcs12FileKeys} for one machine. Each grant has its own, in versions: random, 128 bits, never made again once
 * destroyed. Safe for several threads and processes.
 */
public interface FileKeyStore {
    /** The newest version; it is made where there is none, or the newest was destroyed. */
    FileKey current(String consumer, String grant);

    /**
     * The key itself.
     *
     * @throws KeyRefused if it is not there, or was destroyed
     */
    byte[] secret(FileKey key);

    /** All that ever was, by consumer, grant and version. */
    List<FileKeyRecord> list();

    /**
     * The key for its consumer, once: that it was handed out is on record before this returns.
     *
     * @param by who hands it out
     * @throws KeyRefused if it was handed out before, is not there, or was destroyed
     */
    byte[] handOut(FileKey key, String by);

    /**
     * Makes the next version.
     *
     * @throws KeyRefused if there is no key of this grant yet
     */
    FileKeyRecord rotate(String consumer, String grant, String by, String reason);

    /**
     * Destroys a key for good; its record stays.
     *
     * @throws KeyRefused if there is no such key, or no longer
     */
    FileKeyRecord destroy(FileKey key, String by, String reason);
}
