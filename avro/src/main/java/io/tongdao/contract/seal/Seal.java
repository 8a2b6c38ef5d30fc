package io.tongdao.contract.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.identity.SubjectKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Seals and opens values of records by an incident's keys (art. 27). A sealed value: {@value #FORM}, the key's version (4 bytes), a nonce (12),
 * and the text sealed by {@link Sm4Gcm} with {@code <topic> 0 <record's key>} as associated bytes, so that no value can be put in another's
 * place. Nonces are random: up to 2^32 values by one version. Not thread-safe.
 */
public final class Seal {
    /** The field of a sealed record. */
    public static final String FIELD = "_sealed";

    private static final byte FORM = 1;
    private static final int HEAD = 1 + Integer.BYTES + Sm4Gcm.NONCE_BYTES;
    private static final int NAME_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Map<Integer, Sm4Gcm> ciphers = new HashMap<>();
    private final HMac names = new HMac(new SM3Digest());
    private final int newest;

    /**
     * @param keys version → key, from 1, at least one: the newest seals, each opens what it sealed, the first gives names
     */
    public Seal(SortedMap<Integer, byte[]> keys) {
        keys.forEach((version, key) -> ciphers.put(version, new Sm4Gcm(key)));
        this.newest = keys.lastKey();
        names.init(new KeyParameter(mac(Objects.requireNonNull(keys.get(keys.firstKey())))));
    }

    private static byte[] mac(byte[] first) {
        HMac derive = new HMac(new SM3Digest());
        derive.init(new KeyParameter(first));
        return of(derive, "tongdao/sealed-key/1".getBytes(UTF_8));
    }

    /** @param key of the record that the value is of */
    public byte[] seal(String topic, byte[] key, byte[] clear) {
        byte[] nonce = new byte[Sm4Gcm.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher(newest).seal(nonce, place(topic, key), clear);
        return ByteBuffer.allocate(HEAD + sealed.length)
                .put(FORM)
                .putInt(newest)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws AEADBadTagException if it is no value of this place that one of the keys sealed */
    public byte[] open(String topic, byte[] key, byte[] sealed) throws AEADBadTagException {
        if (sealed.length < HEAD || sealed[0] != FORM) {
            throw new AEADBadTagException("not a sealed value");
        }
        ByteBuffer in = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        int version = in.getInt();
        if (!ciphers.containsKey(version)) {
            throw new AEADBadTagException("sealed by version " + version + " of the key, which is not here");
        }
        byte[] nonce = new byte[Sm4Gcm.NONCE_BYTES];
        in.get(nonce);
        byte[] text = new byte[in.remaining()];
        in.get(text);
        return cipher(version).open(nonce, place(topic, key), text);
    }

    /**
     * What stands in a sealed topic in a key's place: the same for the same key under all versions, so that it can be compacted; who has no key
     * can't tell whom it names. Rows of one subject stay together.
     */
    public byte[] name(String topic, byte[] key) {
        SubjectKey clear = SubjectKey.parse(key);
        String row = clear.row().isEmpty() ? "" : name("row " + topic + '\0' + clear.row());
        return new SubjectKey("s1:" + name("subject\0" + clear.subject()), row).bytes();
    }

    private String name(String text) {
        byte[] hash = of(names, text.getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, NAME_BYTES));
    }

    private Sm4Gcm cipher(int version) {
        Sm4Gcm cipher = ciphers.get(version);
        if (cipher == null) {
            throw new IllegalStateException("version " + version + " is not among the keys");
        }
        return cipher;
    }

    private static byte[] place(String topic, byte[] key) {
        byte[] name = topic.getBytes(UTF_8);
        return ByteBuffer.allocate(name.length + 1 + key.length)
                .put(name)
                .put((byte) 0)
                .put(key)
                .array();
    }

    private static byte[] of(HMac mac, byte[] message) {
        byte[] out = new byte[mac.getMacSize()];
        mac.update(message, 0, message.length);
        mac.doFinal(out, 0);
        return out;
    }
}
