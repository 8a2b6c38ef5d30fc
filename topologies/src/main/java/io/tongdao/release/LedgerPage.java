package io.tongdao.release;

import io.tongdao.contract.witness.ReleasedUnder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Releases that are not in the ledger's topics yet: added up for the day they are, and written down one behind the other as state keeps them.
 *
 * <p>State: format byte, then of each kind {@code G} a grant, numbered from 0; {@code S} a subject and when, which what follows is about;
 * {@code R} one release of it: the grant's number, and whether it was a tombstone.
 */
final class LedgerPage {
    private static final byte FORMAT = 1;
    private static final byte GRANT = 'G';
    private static final byte SUBJECT = 'S';
    private static final byte RELEASE = 'R';
    /** What waits is copied into the store with every record: long pages cost that, short ones a record of the topic each. */
    private static final int MOST_SUBJECTS = 96;

    private static final int MOST_RELEASES = 4_000;

    private final Map<ReleasedUnder, Integer> numbers = new HashMap<>();
    private final List<ReleasedUnder> grants = new ArrayList<>();
    private final List<Map<String, LedgerTally>> tallies = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 << 10);
    private final DataOutputStream log = new DataOutputStream(bytes);
    private String subject = "";
    private long at;
    private long begun;
    private int subjects;
    private int releases;

    LedgerPage() {
        bytes.write(FORMAT);
    }

    /** @throws IllegalStateException if a newer Tongdao has written it */
    static LedgerPage parse(byte[] state) {
        if (state[0] != FORMAT) {
            throw new IllegalStateException(
                    "a page of the ledger has format " + state[0] + ", this version reads " + FORMAT);
        }
        LedgerPage page = new LedgerPage();
        try (var in = new DataInputStream(new ByteArrayInputStream(state, 1, state.length - 1))) {
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                page.take(kind, in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a page of the ledger can't be read", e);
        }
        return page;
    }

    private void take(int kind, DataInputStream in) throws IOException {
        switch (kind) {
            case GRANT ->
                number(new ReleasedUnder(
                        in.readUTF(),
                        in.readInt(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readUTF()));
            case SUBJECT -> about(in.readUTF(), in.readLong());
            case RELEASE -> release(in.readShort(), in.readBoolean());
            default -> throw new IllegalStateException("a page of the ledger holds what this version doesn't know");
        }
    }

    /**
     * @param token of the subject
     * @param now milliseconds since the epoch
     */
    void add(ReleasedUnder under, String token, boolean tombstone, long now) {
        try {
            int number = number(under);
            if (!token.equals(subject) || now != at) {
                about(token, now);
            }
            release(number, tombstone);
        } catch (IOException e) {
            throw new UncheckedIOException("a page of the ledger can't be written", e);
        }
    }

    private int number(ReleasedUnder under) throws IOException {
        Integer known = numbers.get(under);
        if (known != null) {
            return known;
        }
        log.writeByte(GRANT);
        log.writeUTF(under.grant());
        log.writeInt(under.epoch());
        for (String text :
                List.of(under.kind(), under.consumer(), under.purpose(), under.table(), under.key(), under.items())) {
            log.writeUTF(text);
        }
        numbers.put(under, grants.size());
        grants.add(under);
        tallies.add(new LinkedHashMap<>());
        return grants.size() - 1;
    }

    private void about(String token, long now) throws IOException {
        log.writeByte(SUBJECT);
        log.writeUTF(token);
        log.writeLong(now);
        subject = token;
        at = now;
        begun = subjects == 0 ? now : begun;
        subjects++;
    }

    private void release(int number, boolean tombstone) throws IOException {
        log.writeByte(RELEASE);
        log.writeShort(number);
        log.writeBoolean(tombstone);
        long time = at;
        tallies.get(number)
                .computeIfAbsent(subject, first -> new LedgerTally(time))
                .add(tombstone, time);
        releases++;
    }

    /** What state keeps until the page is in the topics. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    boolean isEmpty() {
        return releases == 0;
    }

    boolean isFull() {
        return subjects >= MOST_SUBJECTS || releases >= MOST_RELEASES;
    }

    /** When its first release was, milliseconds since the epoch. */
    long begun() {
        return begun;
    }

    /** Gives each grant's subjects, by their tokens. */
    void forEach(Sums each) {
        for (int number = 0; number < grants.size(); number++) {
            if (!tallies.get(number).isEmpty()) {
                each.of(grants.get(number), tallies.get(number));
            }
        }
    }

    /** Takes what was released under one grant. */
    @FunctionalInterface
    interface Sums {
        void of(ReleasedUnder under, Map<String, LedgerTally> subjects);
    }
}
