package io.tongdao.reconcile;

import io.tongdao.runtime.Interned;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Which row says something of a subject. In state {@code subject|dataset|row} where rows lie apart, behind {@code subject|} for all the rest. The
 * subject's own characters never include the bar.
 */
record ClaimKey(String dataset, String row) {
    /** The character after the bar that separates the parts of a key. */
    private static final char PAST_BAR = '|' + 1;

    private static final Interned DATASETS = new Interned();

    /** Of a record of a dataset: {@code recordKey} is {@code subject} or {@code subject|row}. */
    static ClaimKey of(String dataset, byte[] recordKey, int subject) {
        int row = subject + 1;
        return new ClaimKey(
                dataset,
                row > recordKey.length
                        ? ""
                        : new String(recordKey, row, recordKey.length - row, StandardCharsets.UTF_8));
    }

    /** The key of a claim about a subject, where it lies apart. */
    static Bytes of(byte[] subject, ClaimKey claim) {
        String key = new String(subject, StandardCharsets.UTF_8) + '|' + claim.dataset + '|' + claim.row;
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a key of state is a subject's own, and no row's that lies apart. */
    static boolean isSubject(Bytes key) {
        return subjectEnd(key.get()) == key.get().length - 1;
    }

    /** What comes after all claims of a dataset about a subject. */
    static Bytes after(byte[] subject, String dataset) {
        return Bytes.wrap((new String(subject, StandardCharsets.UTF_8) + '|' + dataset + PAST_BAR)
                .getBytes(StandardCharsets.UTF_8));
    }

    /** What comes after all claims about a subject. */
    static Bytes after(byte[] subject) {
        byte[] after = java.util.Arrays.copyOf(subject, subject.length + 1);
        after[subject.length] = (byte) PAST_BAR;
        return Bytes.wrap(after);
    }

    /** The key of a subject; what all claims about it begin with that lie apart. */
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
        byte[] bytes = key.get();
        int bar = from;
        while (bytes[bar] != '|') {
            bar++;
        }
        int row = bar + 1;
        return new ClaimKey(
                DATASETS.text(bytes, from, bar),
                row == bytes.length ? "" : new String(bytes, row, bytes.length - row, StandardCharsets.UTF_8));
    }

    private static int subjectEnd(byte[] recordKey) {
        int end = 0;
        while (end < recordKey.length && recordKey[end] != '|') {
            end++;
        }
        return end;
    }
}
