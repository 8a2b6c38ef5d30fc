package io.tongdao.quality;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The figures of one dataset in one window, as one task has them: how many rows each rule was asked of, and how many keep it. */
final class Tally {
    private static final byte FORMAT = 1;
    private final Place place;
    private final int version;
    private final List<String> ids;
    private final long[] checked;
    private final long[] conforming;

    /** Where a tally stands. */
    record Place(String dataset, String window, String part) {
        String key() {
            return String.join("|", dataset, window, part);
        }

        static Place parse(String key) {
            String[] parts = key.split("\\|", 3);
            return new Place(parts[0], parts[1], parts[2]);
        }
    }

    /**
     * @param version names the list of rules
     * @param ids of the rules, by their numbers
     */
    Tally(Place place, int version, List<String> ids) {
        this.place = place;
        this.version = version;
        this.ids = ids;
        this.checked = new long[ids.size()];
        this.conforming = new long[ids.size()];
    }

    Place place() {
        return place;
    }

    int version() {
        return version;
    }

    void add(int rule, long more, long moreConforming) {
        checked[rule] += more;
        conforming[rule] += moreConforming;
    }

    /** The same figures by another list of rules: those that it doesn't have are dropped. */
    Tally by(int otherVersion, List<String> otherIds) {
        Tally other = new Tally(place, otherVersion, otherIds);
        for (int i = 0; i < otherIds.size(); i++) {
            int here = ids.indexOf(otherIds.get(i));
            if (here >= 0) {
                other.add(i, checked[here], conforming[here]);
            }
        }
        return other;
    }

    QualityCount count() {
        List<QualityCount.Rule> rules = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            rules.add(new QualityCount.Rule(ids.get(i), conforming[i], checked[i]));
        }
        return new QualityCount(place.dataset(), place.window(), place.part(), rules);
    }

    /** @param told whether {@code flag.quality} has these figures */
    byte[] encode(boolean told) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 + 6 * ids.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeBoolean(told);
            out.writeInt(version);
            for (int i = 0; i < ids.size(); i++) {
                number(out, checked[i]);
                number(out, conforming[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static boolean told(byte[] value) {
        StateFormat.check(value[0], FORMAT);
        return value[1] != 0;
    }

    static int version(byte[] value) {
        StateFormat.check(value[0], FORMAT);
        return java.nio.ByteBuffer.wrap(value).getInt(2);
    }

    /** @param ids those of the value's own version */
    static Tally decode(Place place, byte[] value, List<String> ids) {
        Tally tally = new Tally(place, version(value), ids);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value, 6, value.length - 6))) {
            for (int i = 0; i < ids.size(); i++) {
                tally.checked[i] = number(in);
                tally.conforming[i] = number(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tally;
    }

    /** Seven bits a byte. */
    private static void number(DataOutputStream out, long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long number(DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte octet = in.readByte();
            value |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }
}
