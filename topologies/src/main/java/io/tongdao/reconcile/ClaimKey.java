package io.tongdao.reconcile;

import io.tongdao.runtime.Interned;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** {@code subject|dataset|row}, the key of a claim in state. The subject's own characters never include the bar. */
record ClaimKey(String dataset, String row) {
    /** No row part of a key: those are printable. */
    private static final String SPEAKERS = "\0";

    /** The character after the bar that separates the parts of a key. */
    private static final char PAST_BAR = '|' + 1;

    private static final Interned DATASETS = new Interned();

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

    /** Under which it is kept who speaks of a dataset's very many rows: before all of them. */
    static ClaimKey speakers(String dataset) {
        return new ClaimKey(dataset, SPEAKERS);
    }

    /** Whether it is the key of no claim. */
    boolean isSpeakers() {
        return row.equals(SPEAKERS);
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
