package io.tongdao.ops.keys;

import io.tongdao.ops.embedded.Secret;
import io.tongdao.release.TokenKey;
import io.tongdao.release.mask.Hmac;
import io.tongdao.release.mask.HmacSm3;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.SecretKeyEntry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys in a PKCS#12 file under a password: for one machine. Each is 256 random bits; what follows from one says nothing of another. */
public final class Pkcs12Keys implements TokenKeyStore {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Comparator<TokenKey> ORDER = Comparator.comparing(TokenKey::consumer)
            .thenComparing(TokenKey::purpose)
            .thenComparing(TokenKey::version);

    private final KeyFile file;
    private final InstantSource clock;

    private Pkcs12Keys(KeyFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** @throws io.tongdao.ops.embedded.StartFailedException with one line, if the file is lost or can't be read with this password */
    public static Pkcs12Keys open(Path file, Secret password, InstantSource clock) {
        Pkcs12Keys keys = new Pkcs12Keys(new KeyFile(file, password, "tokens"), clock);
        keys.file.read();
        return keys;
    }

    /** A new store with these keys as first versions; one that is there is left as it is. */
    public static Pkcs12Keys create(
            Path file, Secret password, InstantSource clock, Map<TokenKey, byte[]> first, String reason) {
        Pkcs12Keys keys = new Pkcs12Keys(new KeyFile(file, password, "tokens"), clock);
        keys.file.alone(() -> {
            if (!keys.file.exists()) {
                KeyStore all = KeyFile.empty();
                first.forEach((key, secret) -> keys.put(all, key, secret, "tongdao", reason));
                keys.file.write(all);
            }
            return keys;
        });
        return keys;
    }

    @Override
    public Hmac hmac(TokenKey key) {
        SecretKeyEntry entry = entry(file.read(), key);
        if (entry == null || !KeyEntry.live(entry)) {
            throw new IllegalArgumentException("no key " + key + (entry == null ? "" : ": it was destroyed"));
        }
        return new HmacSm3(entry.getSecretKey().getEncoded());
    }

    @Override
    public int current(String consumer, String purpose) {
        KeyStore keys = file.read();
        TokenKey newest = newest(keys, consumer, purpose);
        return newest != null && live(keys, newest) ? newest.version() : file.alone(() -> made(consumer, purpose));
    }

    /** Another may have made it meanwhile. */
    private int made(String consumer, String purpose) {
        KeyStore keys = file.read();
        TokenKey newest = newest(keys, consumer, purpose);
        if (newest != null && live(keys, newest)) {
            return newest.version();
        }
        String first = KeysInUse.ofLedger(consumer, purpose) ? "the release ledger" : "the first grant";
        String reason = newest == null ? first : "a grant began after the last key was destroyed";
        return next(keys, consumer, purpose, "provisioner", reason).key().version();
    }

    @Override
    public List<KeyRecord> list() {
        KeyStore keys = file.read();
        return names(keys).sorted(ORDER).map(key -> record(keys, key)).toList();
    }

    @Override
    public KeyRecord rotate(String consumer, String purpose, String by, String reason) {
        return file.alone(() -> {
            KeyStore keys = file.read();
            if (newest(keys, consumer, purpose) == null) {
                throw new KeyRefused("there is no key of " + consumer + " for " + purpose
                        + ": its first comes with its first grant; see ./tongdao key list");
            }
            return next(keys, consumer, purpose, by, reason);
        });
    }

    @Override
    public KeyRecord destroy(TokenKey key, String by, String reason) {
        return file.alone(() -> {
            KeyStore keys = file.read();
            if (!live(keys, key)) {
                throw new KeyRefused("there is no key " + key + " to destroy; see ./tongdao key list");
            }
            return write(keys, key, KeyEntry.destroyed(clock.instant(), by, reason));
        });
    }

    private KeyRecord next(KeyStore keys, String consumer, String purpose, String by, String reason) {
        TokenKey last = newest(keys, consumer, purpose);
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        TokenKey key = new TokenKey(consumer, purpose, last == null ? 1 : last.version() + 1);
        return write(keys, key, KeyEntry.live(secret, clock.instant(), by, reason));
    }

    private KeyRecord write(KeyStore keys, TokenKey key, SecretKeyEntry entry) {
        put(keys, key, entry);
        file.write(keys);
        return KeyEntry.record(key, entry);
    }

    private void put(KeyStore keys, TokenKey key, byte[] secret, String by, String reason) {
        put(keys, key, KeyEntry.live(secret, clock.instant(), by, reason));
    }

    private void put(KeyStore keys, TokenKey key, SecretKeyEntry entry) {
        file.put(keys, KeyEntry.alias(key), entry);
    }

    /** By their names alone: to open an entry takes its password, and so some milliseconds. */
    private static @Nullable TokenKey newest(KeyStore keys, String consumer, String purpose) {
        return names(keys)
                .filter(key -> key.consumer().equals(consumer) && key.purpose().equals(purpose))
                .max(ORDER)
                .orElse(null);
    }

    private static Stream<TokenKey> names(KeyStore keys) {
        return KeyFile.aliases(keys).filter(KeyEntry::ofTokens).map(KeyEntry::key);
    }

    private KeyRecord record(KeyStore keys, TokenKey key) {
        return KeyEntry.record(key, Objects.requireNonNull(entry(keys, key)));
    }

    private boolean live(KeyStore keys, TokenKey key) {
        SecretKeyEntry entry = entry(keys, key);
        return entry != null && KeyEntry.live(entry);
    }

    private @Nullable SecretKeyEntry entry(KeyStore keys, TokenKey key) {
        return file.entry(keys, KeyEntry.alias(key));
    }
}
