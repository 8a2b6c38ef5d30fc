package io.tongdao.contract.seal;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Seals bytes so that only a holder of the key reads them and nobody changes them unseen: SM4 (GB/T 32907) in GCM as RFC 8998 has it, a tag of
 * 128 bits. The key's schedule is made once, so one instance serves a thread for all its records; not thread-safe. Two texts under one key and
 * nonce give both away: who calls makes sure that a nonce is never used twice. Algorithm-correct; not a certified 商用密码 product.
 *
 * <p>Nothing that is thrown quotes a key, a nonce or a text.
 */
public final class Sm4Gcm {
    /** Of a key: 128 bits, the only length that SM4 has. */
    public static final int KEY_BYTES = 16;

    /** Of a nonce: 96 bits. */
    public static final int NONCE_BYTES = 12;

    /** By so many bytes a sealed text is longer than the clear one. */
    public static final int TAG_BYTES = 16;

    private final GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());

    /** @throws IllegalArgumentException if the key doesn't have {@value #KEY_BYTES} bytes */
    public Sm4Gcm(byte[] key) {
        requireBytes("a key of SM4", KEY_BYTES, key);
        cipher.init(false, new AEADParameters(new KeyParameter(key), TAG_BYTES * 8, new byte[NONCE_BYTES]));
    }

    /**
     * The sealed text and its tag behind it.
     *
     * @param nonce {@value #NONCE_BYTES} bytes, never used with this key before
     * @param associated what stays clear and is sealed along, such as where the text belongs; may be empty
     */
    public byte[] seal(byte[] nonce, byte[] associated, byte[] clear) {
        start(true, nonce, associated);
        byte[] sealed = new byte[clear.length + TAG_BYTES];
        try {
            int written = cipher.processBytes(clear, 0, clear.length, sealed, 0);
            cipher.doFinal(sealed, written);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing checks no tag", e);
        }
        return sealed;
    }

    /**
     * The clear text of what {@link #seal} gave for the same nonce and associated bytes.
     *
     * @throws AEADBadTagException if it was sealed by another key, nonce or associated bytes, or was changed since
     */
    public byte[] open(byte[] nonce, byte[] associated, byte[] sealed) throws AEADBadTagException {
        if (sealed.length < TAG_BYTES) {
            throw broken();
        }
        start(false, nonce, associated);
        byte[] clear = new byte[sealed.length - TAG_BYTES];
        try {
            int written = cipher.processBytes(sealed, 0, sealed.length, clear, 0);
            cipher.doFinal(clear, written);
        } catch (InvalidCipherTextException e) {
            Arrays.fill(clear, (byte) 0);
            throw broken();
        }
        return clear;
    }

    private void start(boolean sealing, byte[] nonce, byte[] associated) {
        requireBytes("a nonce", NONCE_BYTES, nonce);
        cipher.init(sealing, new AEADParameters(null, TAG_BYTES * 8, nonce, associated));
    }

    private static AEADBadTagException broken() {
        return new AEADBadTagException("sealed bytes don't open by this key, nonce and associated bytes");
    }

    private static void requireBytes(String what, int bytes, byte[] given) {
        if (given.length != bytes) {
            throw new IllegalArgumentException(what + " has " + bytes + " bytes, not " + given.length);
        }
    }
}
