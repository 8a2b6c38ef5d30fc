package io.tongdao.contract.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;

/**
 * The key of every keyed topic, {@code [type[:issuer]:]id[|row]} in UTF-8 (art. 24). Components are percent-escaped, so that
 * {@code |}, {@code :}, {@code %}, {@code !} and control characters occur only as the grammar's own.
 *
 * <p>Version 1 of the grammar. A key that begins with {@code !} is a marker (end of snapshot, end of backfill), never a subject.
 *
 * @param subject the escaped part before {@code |}: it alone decides the partition
 * @param row the escaped part after it, empty where a dataset has one row a subject
 */
public record SubjectKey(String subject, String row) {
    public static final int GRAMMAR = 1;
    public static final char MARKER = '!';

    /** A key of the subject alone; {@code subject} must be escaped already. */
    public static SubjectKey of(String subject) {
        return new SubjectKey(subject, "");
    }

    /** A key with row components, each of them escaped here. */
    public static SubjectKey of(String subject, List<String> rowComponents) {
        return new SubjectKey(
                subject, rowComponents.stream().map(SubjectKey::escape).collect(Collectors.joining(":")));
    }

    public static SubjectKey parse(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        int bar = text.indexOf('|');
        return bar < 0 ? of(text) : new SubjectKey(text.substring(0, bar), text.substring(bar + 1));
    }

    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** The key as written on the topic. Personal data: never for a log. */
    public String text() {
        return row.isEmpty() ? subject : subject + '|' + row;
    }

    public static boolean isMarker(byte[] key) {
        return key.length > 0 && key[0] == MARKER;
    }

    /** The one partitioner of Tongdao: murmur2 of the bytes before {@code |}, on every topic, sink and look-up. */
    public static int partition(byte[] key, int partitions) {
        int end = 0;
        while (end < key.length && key[end] != '|') {
            end++;
        }
        byte[] subject = end == key.length ? key : java.util.Arrays.copyOf(key, end);
        return Utils.toPositive(Utils.murmur2(subject)) % partitions;
    }

    /** Percent-escapes what the grammar uses for itself; other characters stand as they are. */
    public static String escape(String component) {
        StringBuilder out = null;
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            boolean plain = c > ' ' && c != '|' && c != ':' && c != '%' && c != MARKER && c != 0x7f;
            if (!plain && out == null) {
                out = new StringBuilder(component.length() + 8).append(component, 0, i);
            }
            if (out != null) {
                if (plain) {
                    out.append(c);
                } else {
                    out.append(String.format("%%%02X", (int) c));
                }
            }
        }
        return out == null ? component : out.toString();
    }

    @Override
    public String toString() {
        return "SubjectKey[***]";
    }
}
