package io.tongdao.ops.keys;

import io.tongdao.contract.seal.Sm4Gcm;
import io.tongdao.ops.embedded.Secret;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.SecretKeyEntry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys of files in the PKCS#12 file where those of tokens are: under aliases of their own, {@code consumer/grant/f2}. */
public final class Pkcs12FileKeys implements FileKeyStore {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern ALIAS = Pattern.compile("([^/]+)/([^/]+)/f(\\d+)");
    private static final Comparator<FileKey> ORDER = Comparator.comparing(FileKey::consumer)
            .thenComparing(FileKey::grant)
            .thenComparing(FileKey::version);
    private final KeyFile file;
    private final InstantSource clock;

    private Pkcs12FileKeys(KeyFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** @throws io.tongdao.ops.embedded.StartFailedException with one line, if the file is lost or can't be read with this password */
    public static Pkcs12FileKeys open(Path file, Secret password, InstantSource clock) {
        Pkcs12FileKeys keys = new Pkcs12FileKeys(new KeyFile(file, password, "tokens"), clock);
        keys.file.read();
        return keys;
    }

    @Override
    public FileKey current(String consumer, String grant) {
        FileKey newest = live(file.read(), consumer, grant);
        return newest != null
                ? newest
                : file.alone(() -> {
                    KeyStore keys = file.read();
                    FileKey made = live(keys, consumer, grant);
                    return made != null
                            ? made
                            : next(
                                            keys,
                                            consumer,
                                            grant,
                                            "tongdao",
                                            "the first file, or the first after the last key was destroyed")
                                    .key();
                });
    }

    @Override
    public byte[] secret(FileKey key) {
        return there(file.read(), key).getSecretKey().getEncoded();
    }

    @Override
    public List<FileKeyRecord> list() {
        KeyStore keys = file.read();
        return names(keys).sorted(ORDER).map(key -> record(keys, key)).toList();
    }

    @Override
    public byte[] handOut(FileKey key, String by) {
        return file.alone(() -> {
            KeyStore keys = file.read();
            SecretKeyEntry entry = there(keys, key);
            FileKeyRecord.Handed before = KeyEntry.handed(entry);
            if (before != null) {
                throw new KeyRefused("key " + key + " was handed out at " + before.at() + " by " + before.by()
                        + ", and is handed out once: if it is lost, ./tongdao key rotate --files " + key.consumer()
                        + " "
                        + key.grant() + " makes the next");
            }
            write(keys, key, KeyEntry.handedOut(entry, clock.instant(), by));
            return entry.getSecretKey().getEncoded();
        });
    }

    @Override
    public FileKeyRecord rotate(String consumer, String grant, String by, String reason) {
        return file.alone(() -> {
            KeyStore keys = file.read();
            if (newest(keys, consumer, grant) == null) {
                throw new KeyRefused("there is no key of " + consumer + " for files of " + grant
                        + ": its first comes with its first sealed file; see ./tongdao key list");
            }
            return next(keys, consumer, grant, by, reason);
        });
    }

    @Override
    public FileKeyRecord destroy(FileKey key, String by, String reason) {
        return file.alone(() -> {
            KeyStore keys = file.read();
            there(keys, key);
            return write(keys, key, KeyEntry.destroyed(clock.instant(), by, reason));
        });
    }

    private FileKeyRecord next(KeyStore keys, String consumer, String grant, String by, String reason) {
        FileKey last = newest(keys, consumer, grant);
        byte[] secret = new byte[Sm4Gcm.KEY_BYTES];
        RANDOM.nextBytes(secret);
        FileKey key = new FileKey(consumer, grant, last == null ? 1 : last.version() + 1);
        return write(keys, key, KeyEntry.live(secret, clock.instant(), by, reason));
    }

    private FileKeyRecord write(KeyStore keys, FileKey key, SecretKeyEntry entry) {
        file.put(keys, key.toString(), entry);
        file.write(keys);
        return record(keys, key);
    }

    private SecretKeyEntry there(KeyStore keys, FileKey key) {
        SecretKeyEntry entry = file.entry(keys, key.toString());
        if (entry == null || !KeyEntry.live(entry)) {
            throw new KeyRefused("there is no key " + key + (entry == null ? "" : ": it was destroyed")
                    + "; see ./tongdao key list");
        }
        return entry;
    }

    private FileKeyRecord record(KeyStore keys, FileKey key) {
        return KeyEntry.record(key, Objects.requireNonNull(file.entry(keys, key.toString())));
    }

    private @Nullable FileKey live(KeyStore keys, String consumer, String grant) {
        FileKey newest = newest(keys, consumer, grant);
        SecretKeyEntry entry = newest == null ? null : file.entry(keys, newest.toString());
        return entry != null && KeyEntry.live(entry) ? newest : null;
    }

    private static @Nullable FileKey newest(KeyStore keys, String consumer, String grant) {
        return names(keys)
                .filter(key -> key.consumer().equals(consumer) && key.grant().equals(grant))
                .max(ORDER)
                .orElse(null);
    }

    private static Stream<FileKey> names(KeyStore keys) {
        return KeyFile.aliases(keys)
                .map(ALIAS::matcher)
                .filter(Matcher::matches)
                .map(name -> new FileKey(name.group(1), name.group(2), Integer.parseInt(name.group(3))));
    }
}
