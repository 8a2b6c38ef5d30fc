package io.tongdao.compose;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of state, in UTF-8, prefix-scannable; neither names nor subjects contain a zero or a bar:
 *
 * <pre>
 * rows        source 0 subject | row
 * figures     source 0 subject
 * values      source 0 subject | item 0 value row        value as {@link SortedValue} writes it
 * composed    table 0 subject | row
 * subscribers table 0 item 0 subject | subscriber | row
 * </pre>
 *
 * @param row the row part of a record's key, empty where a subject has one row
 */
record Place(Subject subject, String row) {
    private static final char END = '\0';

    /** A row of a source, or of a table. */
    static Bytes of(String owner, Subject subject, String row) {
        return bytes(owner + END + subject.text() + '|' + row);
    }

    Bytes in(String owner) {
        return of(owner, subject, row);
    }

    /** What all rows of an owner about one subject begin with. */
    static Bytes prefix(String owner, Subject subject) {
        return of(owner, subject, "");
    }

    /** What all keys of an owner begin with. */
    static Bytes prefix(String owner) {
        return bytes(owner + END);
    }

    static Bytes figures(String source, Subject subject) {
        return bytes(source + END + subject.text());
    }

    /** What the values of one item of a subject's rows begin with. */
    static Bytes values(String source, Subject subject, String item) {
        return bytes(source + END + subject.text() + '|' + item + END);
    }

    static Bytes value(String source, Subject subject, String item, byte[] value, String row) {
        byte[] head = values(source, subject, item).get();
        byte[] tail = row.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + value.length + tail.length);
        System.arraycopy(value, 0, all, head.length, value.length);
        System.arraycopy(tail, 0, all, head.length + value.length, tail.length);
        return Bytes.wrap(all);
    }

    /** What all who asked about a subject begin with. */
    static Bytes subscribers(String table, String item, Subject of) {
        return bytes(table + END + item + END + of.text() + '|');
    }

    Bytes subscriber(String table, String item, Subject of) {
        return bytes(table + END + item + END + of.text() + '|' + subject.text() + '|' + row);
    }

    /** After all keys that begin so. */
    static Bytes end(Bytes prefix) {
        byte[] end = prefix.get().clone();
        end[end.length - 1]++;
        return Bytes.wrap(end);
    }

    /** The first key after this one. */
    static Bytes after(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    /** @param key as {@link #of} writes it */
    static Place parse(Bytes key, String owner) {
        byte[] bytes = key.get();
        int head = owner.getBytes(StandardCharsets.UTF_8).length + 1;
        return place(new String(bytes, head, bytes.length - head, StandardCharsets.UTF_8));
    }

    /** Who is asked about, by which item, and who asked. */
    record Subscription(String item, Subject of, Place by) {
        static Subscription parse(Bytes key, String table) {
            byte[] bytes = key.get();
            int head = table.getBytes(StandardCharsets.UTF_8).length + 1;
            String rest = new String(bytes, head, bytes.length - head, StandardCharsets.UTF_8);
            int item = rest.indexOf(END);
            int of = rest.indexOf('|', item);
            return new Subscription(
                    rest.substring(0, item),
                    Subject.parse(rest.substring(item + 1, of)),
                    place(rest.substring(of + 1)));
        }
    }

    private static Place place(String text) {
        int bar = text.indexOf('|');
        return new Place(Subject.parse(text.substring(0, bar)), text.substring(bar + 1));
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Place[***]";
    }
}
