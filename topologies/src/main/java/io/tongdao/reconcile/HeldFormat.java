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
 * their names, as {@link StateNames} has them. One for each task: not thread-safe.
 */
final class HeldFormat {
    /** Format 4 had names as texts, and positions and times in full. */
    private static final byte FORMAT = 5;

    private static final byte WIDE = 4;

    private static final int DELETED = 0;
    private static final int CLAIMED = 1;
    private static final int SPEAKERS = 2;
    private static final Interned TEXTS = new Interned();
    private final StateNames names;
    private final StateWriter out = new StateWriter();

    HeldFormat(StateNames names) {
        this.names = names;
    }

    StateNames names() {
        return names;
    }

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
        claim.items().forEach((item, value) -> out.name(names.of(item)).value(value));
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
            first.put(in.name(TEXTS), new Rank(in.text(), in.value()));
        }
        return new Speakers(first);
    }

    /** @param key gives dataset and row */
    Held decode(ClaimKey key, byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        boolean wide = value[0] == WIDE;
        boolean claimed = in.octet() == CLAIMED;
        long changedAt = in.number();
        RowPos owner = owner(in, wide);
        int owners = in.count();
        List<RowPos> former = owners == 0 ? List.of() : new ArrayList<>(owners);
        for (int left = owners; left > 0; left--) {
            former.add(owner(in, wide));
        }
        return new Held(owner, claimed ? claim(in, key, owner.pos(), wide) : null, changedAt, List.copyOf(former));
    }

    private static RowPos owner(StateReader in, boolean wide) {
        return new RowPos(in.row(), wide ? in.widePos() : in.pos());
    }

    /** When a deleted row was deleted, wall clock in milliseconds; none while it is there. */
    static @Nullable Long deletedAt(byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        return in.octet() == DELETED ? in.number() : null;
    }

    private Claim claim(StateReader in, ClaimKey key, Pos owner, boolean wide) {
        Pos since = in.octet() == 0 ? owner : wide ? in.widePos() : in.pos();
        Instant at = wide ? in.wideTime() : in.time();
        Object asOf = in.value();
        int count = in.count();
        Map<String, Object> items = HashMap.newHashMap(count);
        for (int left = count; left > 0; left--) {
            String item = wide ? in.name(TEXTS) : names.known(in.name());
            Object value = in.value();
            if (value != null && item != null) {
                items.put(item, value);
            }
        }
        return new Claim(key.dataset(), key.row(), since, at, asOf, items, others(in));
    }

    private static Set<String> others(StateReader in) {
        int count = in.count();
        Set<String> others = count == 0 ? Set.of() : new HashSet<>();
        for (int left = count; left > 0; left--) {
            others.add(in.text());
        }
        return others;
    }
}
