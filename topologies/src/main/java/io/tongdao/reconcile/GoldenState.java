package io.tongdao.reconcile;

import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.rule.Conflict;
import io.tongdao.reconcile.rule.OpenConflict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the last golden record of a subject in one base database, in the store {@code golden-by-subject-<kind>}
 * under {@code subject|base}: its version, a digest by which a change is recognised, and the discrepancies that are open.
 *
 * @param digest 128 bits of the record's content in hex, empty: there is none now
 * @param goneAt when it went, wall clock in milliseconds; its version is remembered for a while
 */
record GoldenState(Ver ver, String digest, long goneAt, List<OpenConflict> open) {
    private static final byte FORMAT = 1;

    static GoldenState none(int generation) {
        return new GoldenState(new Ver(generation, 0), "", 0, List.of());
    }

    boolean exists() {
        return !digest.isEmpty();
    }

    byte[] encode(StateWriter out) {
        out.begin(FORMAT).number(exists() ? 0 : goneAt).text(digest);
        out.number(ver.generation()).number(ver.counter()).count(open.size());
        for (OpenConflict one : open) {
            Conflict conflict = one.conflict();
            out.text(conflict.item()).text(conflict.winner()).text(conflict.valueSet());
            out.count(conflict.against().size());
            conflict.against().forEach(out::text);
            out.number(one.since().toEpochMilli());
        }
        return out.end();
    }

    static GoldenState decode(byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        long goneAt = in.number();
        String digest = in.text();
        Ver ver = new Ver((int) in.number(), in.number());
        List<OpenConflict> open = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            open.add(open(in));
        }
        return new GoldenState(ver, digest, goneAt, List.copyOf(open));
    }

    /** When the record went; none while it is there. */
    static @Nullable Long goneAt(byte[] value) {
        long at = new StateReader(value, FORMAT).number();
        return at == 0 ? null : at;
    }

    private static OpenConflict open(StateReader in) {
        String item = in.text();
        String winner = in.text();
        String valueSet = in.text();
        List<String> against = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            against.add(in.text());
        }
        Instant since = Instant.ofEpochMilli(in.number());
        return new OpenConflict(new Conflict(item, winner, List.copyOf(against), valueSet), since);
    }
}
