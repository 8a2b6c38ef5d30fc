package io.tongdao.release.mask;

import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC with SM3 (GB/T 32905), 256 bits. Algorithm-correct; not a certified 商用密码 product: one takes its place behind {@link Hmac}. */
public final class HmacSm3 implements Hmac {
    private final HMac mac = new HMac(new SM3Digest());

    public HmacSm3(byte[] key) {
        mac.init(new KeyParameter(key));
    }

    @Override
    public byte[] of(byte[] message) {
        byte[] out = new byte[mac.getMacSize()];
        mac.update(message, 0, message.length);
        mac.doFinal(out, 0);
        return out;
    }
}
