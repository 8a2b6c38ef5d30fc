package io.tongdao.reconcile;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** {@code subject|dataset|row}, the key of a claim in state. The subject's own characters never include the bar. */
record ClaimKey(String dataset, String row) {

    /** The key for a record of a dataset: {@code recordKey} is {@code subject} or {@code subject|row}. */
    static Bytes of(byte[] recordKey, String dataset) {
        byte[] middle = dataset.getBytes(StandardCharsets.UTF_8);
        int subject = subjectEnd(recordKey);
        int row = Math.max(0, recordKey.length - subject - 1);
        byte[] key = new byte[subject + 1 + middle.length + 1 + row];
        System.arraycopy(recordKey, 0, key, 0, subject);
        key[subject] = '|';
        System.arraycopy(middle, 0, key, subject + 1, middle.length);
        key[subject + 1 + middle.length] = '|';
        System.arraycopy(recordKey, recordKey.length - row, key, key.length - row, row);
        return Bytes.wrap(key);
    }

    /** The key of a claim about a subject. */
    static Bytes of(byte[] subject, ClaimKey claim) {
        String key = new String(subject, StandardCharsets.UTF_8) + '|' + claim.dataset + '|' + claim.row;
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    /** What all claims about a subject begin with. */
    static Bytes prefix(byte[] subject) {
        byte[] prefix = java.util.Arrays.copyOf(subject, subject.length + 1);
        prefix[subject.length] = '|';
        return Bytes.wrap(prefix);
    }

    /** The subject part of a record's key. */
    static byte[] subject(byte[] recordKey) {
        return java.util.Arrays.copyOf(recordKey, subjectEnd(recordKey));
    }

    /** @param from length of the prefix */
    static ClaimKey parse(Bytes key, int from) {
        String rest = new String(key.get(), from, key.get().length - from, StandardCharsets.UTF_8);
        int bar = rest.indexOf('|');
        return new ClaimKey(rest.substring(0, bar), rest.substring(bar + 1));
    }

    private static int subjectEnd(byte[] recordKey) {
        int end = 0;
        while (end < recordKey.length && recordKey[end] != '|') {
            end++;
        }
        return end;
    }
}
