package io.tongdao.contract.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * What a record of a dataset that is collected under an incident holds, sealed as one: the key that it would have, and the row's value in the
 * registry's wire format. In the topic {@link Seal#name} stands in the key's place.
 */
@SuppressWarnings("ArrayRecordComponent") // a record on its way, never compared
public record SealedRow(byte[] key, byte[] value) {

    /** @param name in the key's place */
    public byte[] seal(Seal seal, String topic, byte[] name) {
        byte[] clear = ByteBuffer.allocate(Short.BYTES + key.length + value.length)
                .putShort((short) key.length)
                .put(key)
                .put(value)
                .array();
        return seal.seal(topic, name, clear);
    }

    /** @throws AEADBadTagException if it doesn't open by these keys in this place */
    public static SealedRow open(Seal seal, String topic, byte[] name, byte[] sealed) throws AEADBadTagException {
        byte[] clear = seal.open(topic, name, sealed);
        int length = Short.toUnsignedInt(ByteBuffer.wrap(clear).getShort());
        int end = Short.BYTES + length;
        return new SealedRow(Arrays.copyOfRange(clear, Short.BYTES, end), Arrays.copyOfRange(clear, end, clear.length));
    }
}
