package io.tongdao.ops.keys;

import io.tongdao.contract.seal.NoSealKey;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.seal.SealKeys;
import io.tongdao.contract.seal.Sm4Gcm;
import io.tongdao.ops.embedded.Secret;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.SecretKeyEntry;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;

/**
 * The keys of incidents (art. 27) in a PKCS#12 file of their own: {@code <incident>/v<n>}, 128 random bits each. A key that is locked lies in the
 * file only as what an unlocking key opens that is not there; of a destroyed one there is an entry of one zero byte, so that it is never made
 * again.
 */
public final class IncidentKeys implements SealKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] NONE = new byte[0];
    private final KeyFile file;
    private final InstantSource clock;

    /** What is on record of a key; never the key. */
    public record Held(int version, State state, Instant since, String by, String reason) {}

    public enum State {
        LIVE,
        /** 封存: nobody opens anything by it until it is unlocked. */
        LOCKED,
        DESTROYED
    }

    /** @param file need not be there */
    public IncidentKeys(Path file, Secret password, InstantSource clock) {
        this.file = new KeyFile(file, password, "incidents");
        this.clock = clock;
    }

    @Override
    public Seal of(String incident) {
        SortedMap<Integer, byte[]> live = secrets(incident, State.LIVE);
        if (live.isEmpty()) {
            throw new NoSealKey(incident);
        }
        return new Seal(live);
    }

    /** Whether values can be sealed and opened for it. */
    public boolean live(String incident) {
        return held(incident).values().stream().anyMatch(key -> key.state() == State.LIVE);
    }

    /** Version → what is on record, of all that ever were. */
    public SortedMap<Integer, Held> held(String incident) {
        SortedMap<Integer, Held> held = new TreeMap<>();
        entries(incident).forEach((version, entry) -> {
            String[] said = KeyEntry.said(entry);
            held.put(version, new Held(version, state(entry), Instant.parse(said[0]), said[1], said[2]));
        });
        return held;
    }

    /** The keys themselves, for a copy that is handed out; empty if none may be used. */
    public SortedMap<Integer, byte[]> copy(String incident) {
        return secrets(incident, State.LIVE);
    }

    /** Makes the first key, if none ever was. */
    public void begin(String incident, String by, String reason) {
        change(incident, keys -> {
            if (keys.isEmpty()) {
                byte[] secret = new byte[Sm4Gcm.KEY_BYTES];
                RANDOM.nextBytes(secret);
                keys.put(1, KeyEntry.live(secret, clock.instant(), by, reason));
            }
        });
    }

    /**
     * Locks the keys away: from now on only who has the unlocking key can give them back.
     *
     * @param unlocking {@link Sm4Gcm#KEY_BYTES} bytes that must lie safe elsewhere already
     */
    public void lock(String incident, byte[] unlocking, String by, String reason) {
        change(
                incident,
                keys -> keys.replaceAll((version, entry) -> {
                    if (state(entry) != State.LIVE) {
                        return entry;
                    }
                    byte[] nonce = new byte[Sm4Gcm.NONCE_BYTES];
                    RANDOM.nextBytes(nonce);
                    byte[] locked = new Sm4Gcm(unlocking)
                            .seal(nonce, NONE, entry.getSecretKey().getEncoded());
                    byte[] all = Arrays.copyOf(nonce, nonce.length + locked.length);
                    System.arraycopy(locked, 0, all, nonce.length, locked.length);
                    return KeyEntry.live(all, clock.instant(), by, reason);
                }));
    }

    /** @throws KeyRefused if that is not the unlocking key */
    public void unlock(String incident, byte[] unlocking, String by, String reason) {
        change(
                incident,
                keys -> keys.replaceAll((version, entry) -> {
                    if (state(entry) != State.LOCKED) {
                        return entry;
                    }
                    byte[] all = entry.getSecretKey().getEncoded();
                    byte[] nonce = Arrays.copyOf(all, Sm4Gcm.NONCE_BYTES);
                    byte[] locked = Arrays.copyOfRange(all, Sm4Gcm.NONCE_BYTES, all.length);
                    try {
                        byte[] secret = new Sm4Gcm(unlocking).open(nonce, NONE, locked);
                        return KeyEntry.live(secret, clock.instant(), by, reason);
                    } catch (AEADBadTagException e) {
                        throw new KeyRefused("this is not the key by which incident " + incident + " was sealed");
                    }
                }));
    }

    /** Destroys every version, whether it is locked or not. */
    public void destroy(String incident, String by, String reason) {
        change(
                incident,
                keys -> keys.replaceAll((version, entry) ->
                        state(entry) == State.DESTROYED ? entry : KeyEntry.destroyed(clock.instant(), by, reason)));
    }

    private interface Change {
        void of(SortedMap<Integer, SecretKeyEntry> keys);
    }

    private void change(String incident, Change change) {
        file.alone(() -> {
            KeyStore all = file.exists() ? file.read() : KeyFile.empty();
            SortedMap<Integer, SecretKeyEntry> keys = entries(all, incident);
            change.of(keys);
            keys.forEach((version, entry) -> file.put(all, alias(incident, version), entry));
            file.write(all);
            return keys;
        });
    }

    private SortedMap<Integer, byte[]> secrets(String incident, State state) {
        SortedMap<Integer, byte[]> secrets = new TreeMap<>();
        entries(incident).forEach((version, entry) -> {
            if (state(entry) == state) {
                secrets.put(version, entry.getSecretKey().getEncoded());
            }
        });
        return secrets;
    }

    private static State state(SecretKeyEntry entry) {
        int length = entry.getSecretKey().getEncoded().length;
        if (length == Sm4Gcm.KEY_BYTES) {
            return State.LIVE;
        }
        return length > Sm4Gcm.KEY_BYTES ? State.LOCKED : State.DESTROYED;
    }

    private SortedMap<Integer, SecretKeyEntry> entries(String incident) {
        return file.exists() ? entries(file.read(), incident) : new TreeMap<>();
    }

    private SortedMap<Integer, SecretKeyEntry> entries(KeyStore all, String incident) {
        SortedMap<Integer, SecretKeyEntry> found = new TreeMap<>();
        KeyFile.aliases(all)
                .filter(alias -> alias.startsWith(incident + "/v"))
                .forEach(alias -> found.put(
                        Integer.parseInt(alias.substring(incident.length() + 2)),
                        Objects.requireNonNull(file.entry(all, alias))));
        return found;
    }

    private static String alias(String incident, int version) {
        return incident + "/v" + version;
    }
}
