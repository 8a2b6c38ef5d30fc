package io.tongdao.contract.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * Files of any length under {@link Sm4Gcm}, in pieces of 64 KiB that are checked before anything of them is handed on. The file begins with
 * {@value #MAGIC} and eight random bytes; piece by piece these, the piece's number, whether it is the last, and the place where the file belongs
 * are sealed along. So a piece that is changed, missing, moved, doubled or of another file does not open, and neither does a file that is cut off
 * or goes on, or stands in another's place. Memory: one piece.
 */
public final class FileSeal {
    public static final String MAGIC = "TDSEAL1\n";

    /** As manifests name it. */
    public static final String ALGORITHM = "SM4-GCM, 64 KiB pieces (" + MAGIC.strip() + ")";

    static final int PIECE = 64 << 10;
    static final int RANDOM = 8;
    static final int HEAD = 8 + RANDOM;

    private final Sm4Gcm cipher;
    private final byte[] place;

    /**
     * @param key 16 bytes
     * @param place names what the file is, and no other
     */
    public FileSeal(byte[] key, String place) {
        this.cipher = new Sm4Gcm(key);
        this.place = place.getBytes(UTF_8);
    }

    /** What does not open by this key at this place. */
    public static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    /** Seals all that comes. Files of one key: 2^32 of them meet no random bytes twice but by a chance of one half. */
    public void seal(InputStream clear, OutputStream sealed, SecureRandom random) throws IOException {
        byte[] head = new byte[HEAD];
        random.nextBytes(head);
        System.arraycopy(MAGIC.getBytes(UTF_8), 0, head, 0, HEAD - RANDOM);
        sealed.write(head);
        byte[] piece = clear.readNBytes(PIECE);
        for (int number = 0; ; number = next(number)) {
            byte[] after = piece.length < PIECE ? new byte[0] : clear.readNBytes(PIECE);
            boolean last = after.length == 0;
            sealed.write(cipher.seal(nonce(head, number), along(head, number, last), piece));
            if (last) {
                return;
            }
            piece = after;
        }
    }

    /**
     * Opens what {@link #seal} made. What was handed on before an error is right, and not all.
     *
     * @throws Broken if it is not, or no longer, what was sealed here by this key
     */
    public void open(InputStream sealed, OutputStream clear) throws IOException {
        byte[] head = sealed.readNBytes(HEAD);
        if (head.length < HEAD || !Arrays.equals(head, 0, HEAD - RANDOM, MAGIC.getBytes(UTF_8), 0, HEAD - RANDOM)) {
            throw new Broken("it is no sealed file");
        }
        byte[] piece = sealed.readNBytes(PIECE + Sm4Gcm.TAG_BYTES);
        for (int number = 0; ; number = next(number)) {
            byte[] after =
                    piece.length < PIECE + Sm4Gcm.TAG_BYTES ? new byte[0] : sealed.readNBytes(PIECE + Sm4Gcm.TAG_BYTES);
            boolean last = after.length == 0;
            try {
                clear.write(cipher.open(nonce(head, number), along(head, number, last), piece));
            } catch (AEADBadTagException e) {
                throw new Broken("it does not open: another key, another file, or it was changed or cut");
            }
            if (last) {
                return;
            }
            piece = after;
        }
    }

    private static int next(int number) throws IOException {
        if (number == Integer.MAX_VALUE) {
            throw new IOException("a sealed file has at most 2^31 pieces");
        }
        return number + 1;
    }

    private static byte[] nonce(byte[] head, int number) {
        return ByteBuffer.allocate(Sm4Gcm.NONCE_BYTES)
                .put(head, HEAD - RANDOM, RANDOM)
                .putInt(number)
                .array();
    }

    private byte[] along(byte[] head, int number, boolean last) {
        return ByteBuffer.allocate(HEAD + Integer.BYTES + 1 + place.length)
                .put(head)
                .putInt(number)
                .put((byte) (last ? 1 : 0))
                .put(place)
                .array();
    }
}
