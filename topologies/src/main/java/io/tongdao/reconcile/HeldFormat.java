package io.tongdao.reconcile;

import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Held.RowPos;
import io.tongdao.reconcile.rule.Rank;
import io.tongdao.reconcile.rule.Speakers;
import io.tongdao.runtime.Interned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a row says, in {@link SubjectState} or where it lies apart; and of very many rows of a dataset which of them speak. Items stand with
 * their names, so that a change of the catalogue moves no state.
 */
final class HeldFormat {
    /** Format 1 knew no value that takes an item back, 2 no names, 3 no speakers. */
    private static final byte FORMAT = 4;

    private static final byte NAMELESS = 2;

    private static final int DELETED = 0;
    private static final int CLAIMED = 1;
    private static final int SPEAKERS = 2;
    private static final Interned NAMES = new Interned();
    private final StateWriter out = new StateWriter();

    byte[] encode(Held held) {
        out.begin(FORMAT).octet(held.claim() == null ? DELETED : CLAIMED).number(held.changedAt());
        out.row(held.owner().row()).pos(held.owner().pos()).count(held.former().size());
        held.former().forEach(former -> out.row(former.row()).pos(former.pos()));
        if (held.claim() != null) {
            claim(held.claim(), held.owner().pos());
        }
        return out.end();
    }

    private void claim(Claim claim, Pos owner) {
        boolean unchanged = !claim.since().equals(owner);
        out.octet(unchanged ? 1 : 0);
        if (unchanged) {
            out.pos(claim.since());
        }
        out.time(claim.at()).value(claim.asOf()).count(claim.items().size());
        claim.items().forEach((item, value) -> out.text(item).value(value));
        out.count(claim.names().size());
        if (!claim.names().isEmpty()) {
            claim.names().stream().sorted().forEach(out::text);
        }
    }

    /** Of rows that lie apart. */
    byte[] encode(Speakers speakers) {
        out.begin(FORMAT).octet(SPEAKERS).count(speakers.first().size());
        new TreeMap<>(speakers.first())
                .forEach((item, rank) -> out.text(item).text(rank.row()).value(rank.asOf()));
        return out.end();
    }

    static Speakers speakers(byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        if (in.octet() != SPEAKERS) {
            throw new IllegalStateException("state has no speakers where they stand");
        }
        Map<String, Rank> first = new HashMap<>();
        for (int left = in.count(); left > 0; left--) {
            first.put(in.name(NAMES), new Rank(in.text(), in.value()));
        }
        return new Speakers(first);
    }

    /** @param key gives dataset and row */
    static Held decode(ClaimKey key, byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        boolean claimed = in.octet() == CLAIMED;
        long changedAt = in.number();
        RowPos owner = new RowPos(in.row(), in.pos());
        int owners = in.count();
        List<RowPos> former = owners == 0 ? List.of() : new ArrayList<>(owners);
        for (int left = owners; left > 0; left--) {
            former.add(new RowPos(in.row(), in.pos()));
        }
        return new Held(
                owner,
                claimed ? claim(in, key, owner.pos(), value[0] > NAMELESS) : null,
                changedAt,
                List.copyOf(former));
    }

    /** When a deleted row was deleted, wall clock in milliseconds; none while it is there. */
    static @Nullable Long deletedAt(byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        return in.octet() == DELETED ? in.number() : null;
    }

    private static Claim claim(StateReader in, ClaimKey key, Pos owner, boolean named) {
        Pos since = in.octet() == 1 ? in.pos() : owner;
        Instant at = in.time();
        Object asOf = in.value();
        int count = in.count();
        Map<String, Object> items = HashMap.newHashMap(count);
        for (int left = count; left > 0; left--) {
            String item = in.name(NAMES);
            Object value = in.value();
            if (value != null) {
                items.put(item, value);
            }
        }
        return new Claim(key.dataset(), key.row(), since, at, asOf, items, named ? names(in) : Set.of());
    }

    private static Set<String> names(StateReader in) {
        int count = in.count();
        Set<String> names = count == 0 ? Set.of() : new HashSet<>();
        for (int left = count; left > 0; left--) {
            names.add(in.text());
        }
        return names;
    }
}
