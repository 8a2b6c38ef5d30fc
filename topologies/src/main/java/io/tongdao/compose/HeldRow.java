package io.tongdao.compose;

import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Ver;
import io.tongdao.runtime.StateIn;
import io.tongdao.runtime.StateOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A source's row as state keeps it, a deleted one too. Of a dataset it knows the source row that owns the key and rows that did before, each
 * with the newest position that was read: positions compare only within one row, and a tombstone of another row is not its deletion.
 *
 * @param owner whose version is held; a golden record has always the same
 * @param former owners before, the latest last
 * @param at source time in milliseconds; none if a snapshot read it
 * @param time of the record on its topic
 * @param value the record's bytes in the registry's wire format; null: deleted
 * @param changedAt wall clock of the deletion in milliseconds; drives forgetting only
 * @param hidden whether it leaves no trace: nothing is composed of it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a store, never compared as records
record HeldRow(
        Version owner,
        List<Version> former,
        @Nullable Long at,
        long time,
        byte @Nullable [] value,
        long changedAt,
        boolean hidden) {
    /** Format 1 knew no hidden rows. */
    private static final byte FORMAT = 2;

    private static final byte OPEN = 1;
    private static final int FORMER = 8;
    private static final byte[] NOBODY = new byte[16];

    /**
     * @param row which source row, 16 bytes; zeros for a golden record
     * @param position {@code pos} or {@code ver}, sortable as unsigned bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its methods
    record Version(byte[] row, byte[] position) {
        boolean sameRow(Version that) {
            return Arrays.equals(row, that.row);
        }

        boolean newerThan(Version that) {
            return Arrays.compareUnsigned(position, that.position) > 0;
        }
    }

    /** @throws IllegalStateException if the record has neither {@code pos} nor {@code ver}: no stage of Tongdao writes such a record */
    static HeldRow of(Headers headers, byte @Nullable [] value, long time, long now) {
        Pos pos = Lineage.pos(headers);
        Ver ver = Lineage.ver(headers);
        if (pos == null && ver == null) {
            throw new IllegalStateException("a record without pos and ver");
        }
        byte[] position = pos == null ? Objects.requireNonNull(ver).bytes() : pos.bytes();
        byte[] row = Lineage.row(headers);
        var at = Lineage.at(headers);
        Version version = new Version(row == null ? NOBODY : row, position);
        return new HeldRow(version, List.of(), at == null ? null : at.toEpochMilli(), time, value, now, false);
    }

    /** What is held after a record came; null: it is not newer than what is held, or known already. */
    @Nullable
    HeldRow next(HeldRow came) {
        if (knows(came.owner)) {
            return null;
        }
        if (came.owner.sameRow(owner)) {
            return new HeldRow(came.owner, former, came.at, came.time, came.value, came.changedAt, false);
        }
        return came.value == null
                ? new HeldRow(owner, remember(came.owner), at, time, value, changedAt, hidden)
                : new HeldRow(came.owner, remember(owner), came.at, came.time, came.value, came.changedAt, false);
    }

    HeldRow hidden(boolean now) {
        return now == hidden ? this : new HeldRow(owner, former, at, time, value, changedAt, now);
    }

    /** The record's bytes that something may be composed of; null: there are none, or nobody may know. */
    byte @Nullable [] shown() {
        return hidden ? null : value;
    }

    private boolean knows(Version came) {
        if (came.sameRow(owner)) {
            return !came.newerThan(owner);
        }
        return former.stream().anyMatch(one -> one.sameRow(came) && !came.newerThan(one));
    }

    private List<Version> remember(Version version) {
        List<Version> all = new ArrayList<>(former);
        all.removeIf(version::sameRow);
        all.add(version);
        return List.copyOf(all.size() > FORMER ? all.subList(all.size() - FORMER, all.size()) : all);
    }

    byte[] encode() {
        StateOut out = new StateOut(FORMAT).flag(value != null).number(changedAt);
        version(out, owner).count(former.size());
        former.forEach(one -> version(out, one));
        out.flag(hidden).time(at).number(time);
        return value == null ? out.end() : out.raw(value).end();
    }

    private static StateOut version(StateOut out, Version version) {
        return out.octets(version.row).octets(version.position);
    }

    static HeldRow decode(byte[] bytes) {
        StateIn in = new StateIn(bytes, FORMAT);
        boolean live = in.flag();
        long changedAt = in.number();
        Version owner = version(in);
        List<Version> former = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            former.add(version(in));
        }
        boolean hidden = bytes[0] != OPEN && in.flag();
        return new HeldRow(
                owner, List.copyOf(former), in.time(), in.number(), live ? in.rest() : null, changedAt, hidden);
    }

    private static Version version(StateIn in) {
        return new Version(in.octets(), in.octets());
    }

    /** When a deleted row was deleted, wall clock in milliseconds; none while it is there. */
    static @Nullable Long deletedAt(byte[] bytes) {
        StateIn in = new StateIn(bytes, FORMAT);
        return in.flag() ? null : in.number();
    }

    @Override
    public String toString() {
        return "HeldRow[***]";
    }
}
