package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Speakers;
import io.tongdao.runtime.Interned;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All that reconciliation knows of one subject, which is one value of state: what rows say of it, its golden records' versions and standing
 * discrepancies, its links and reviews. A part stays as it was read until it is asked for, and is written as it was read unless it was
 * changed.
 *
 * <pre>
 * format · rows: dataset, row, {@link HeldFormat} · apart: dataset, speakers · golden: base, {@link GoldenState} · {@link LinkState} · {@link ReviewState}
 * </pre>
 *
 * Datasets and base databases stand with their names, as {@link StateNames} has them.
 */
final class SubjectState {
    /** Format 1 had names as texts. */
    private static final byte FORMAT = 2;

    private static final byte TEXTS = 1;
    private static final byte[] NOTHING = {};
    private static final Interned NAMES = new Interned();

    private final SubjectKind kind;
    private final byte[] subject;
    private final String text;
    private final HeldFormat format;
    private final Map<ClaimKey, Part<Held>> rows = new LinkedHashMap<>();
    private final Map<String, Speakers> apart = new TreeMap<>();
    private final Map<String, Part<GoldenState>> golden = new LinkedHashMap<>();
    private byte[] linkBytes = NOTHING;
    private byte[] reviewBytes = NOTHING;
    private @Nullable LinkState links;
    private @Nullable ReviewState reviews;
    private boolean changed;

    /** Of whom nothing is known yet. */
    SubjectState(SubjectKind kind, byte[] subject, HeldFormat format) {
        this.format = format;
        this.kind = kind;
        this.subject = subject;
        this.text = new String(subject, StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException if a newer version wrote the value */
    static SubjectState decode(SubjectKind kind, byte[] subject, byte[] value, HeldFormat format) {
        SubjectState state = new SubjectState(kind, subject, format);
        StateReader in = new StateReader(value, FORMAT);
        for (int left = in.count(); left > 0; left--) {
            ClaimKey key = new ClaimKey(state.name(in, value), in.text());
            state.rows.put(key, Part.read(in.octets()));
        }
        for (int left = in.count(); left > 0; left--) {
            state.apart.put(state.name(in, value), HeldFormat.speakers(in.octets()));
        }
        for (int left = in.count(); left > 0; left--) {
            String base = state.name(in, value);
            state.golden.put(base, Part.read(in.octets()));
        }
        state.linkBytes = in.octets();
        state.reviewBytes = in.octets();
        return state;
    }

    private String name(StateReader in, byte[] value) {
        return value[0] == TEXTS ? in.name(NAMES) : format.names().text(in.name());
    }

    byte[] encode(StateWriter out, StateWriter parts) {
        StateNames names = format.names();
        out.begin(FORMAT).count(rows.size());
        rows.forEach(
                (key, row) -> out.name(names.of(key.dataset())).text(key.row()).octets(row.bytes(format::encode)));
        out.count(apart.size());
        apart.forEach((dataset, speakers) -> out.name(names.of(dataset)).octets(format.encode(speakers)));
        out.count(golden.size());
        golden.forEach((base, one) -> out.name(names.of(base)).octets(one.bytes(state -> state.encode(parts))));
        return out.octets(linkBytes).octets(reviewBytes).end();
    }

    boolean is(byte[] other) {
        return Arrays.equals(subject, other);
    }

    byte[] subject() {
        return subject;
    }

    /** The subject as it stands in keys. */
    String text() {
        return text;
    }

    /** Whether it is to be written. */
    boolean changed() {
        return changed;
    }

    void written() {
        changed = false;
    }

    /** Whether there is nothing to be written. */
    boolean empty() {
        return rows.isEmpty()
                && apart.isEmpty()
                && golden.isEmpty()
                && linkBytes.length == 0
                && reviewBytes.length == 0;
    }

    /** What a row of a dataset that does not lie apart says. */
    @Nullable
    Held held(ClaimKey at) {
        Part<Held> row = rows.get(at);
        return row == null ? null : held(at, row);
    }

    private Held held(ClaimKey at, Part<Held> row) {
        return row.value(bytes -> format.decode(at, bytes));
    }

    void hold(ClaimKey at, @Nullable Held held) {
        changed = true;
        if (held == null) {
            rows.remove(at);
        } else {
            rows.computeIfAbsent(at, key -> new Part<>()).set(held);
        }
    }

    /** Goes through the rows that lie here. */
    void each(BiConsumer<ClaimKey, Held> act) {
        rows.forEach((key, row) -> act.accept(key, held(key, row)));
    }

    /** How many rows lie here, those included that are remembered as deleted. */
    int rows() {
        return rows.size();
    }

    /** How many rows of a dataset lie here, those included that are remembered as deleted. */
    int rows(String dataset) {
        int count = 0;
        for (ClaimKey key : rows.keySet()) {
            if (key.dataset().equals(dataset)) {
                count++;
            }
        }
        return count;
    }

    /** Whether the rows of a dataset lie apart, each under a key of its own: there are very many. */
    boolean apart(String dataset) {
        return !apart.isEmpty() && apart.containsKey(dataset);
    }

    /** The datasets whose rows lie apart. */
    Set<String> apart() {
        return apart.keySet();
    }

    /** Who speaks of the rows that lie apart. */
    Speakers speakers(String dataset) {
        return Objects.requireNonNull(apart.get(dataset), "rows that lie apart");
    }

    /** @param speakers of the rows that lie apart; null: they lie here */
    void apart(String dataset, @Nullable Speakers speakers) {
        changed = true;
        if (speakers == null) {
            apart.remove(dataset);
        } else {
            apart.put(dataset, speakers);
        }
    }

    /** What is remembered of the golden record in a base database; null: there was none. */
    @Nullable
    GoldenState golden(String base) {
        Part<GoldenState> one = golden.get(base);
        return one == null ? null : one.value(GoldenState::decode);
    }

    void golden(String base, GoldenState state) {
        changed = true;
        golden.computeIfAbsent(base, name -> new Part<>()).set(state);
    }

    /** A copy that may be changed until it is given back. */
    LinkState links() {
        return linkBytes.length == 0 ? LinkState.none() : LinkState.decode(text, kind, linkBytes);
    }

    /** Whither everything said of the subject goes; empty: it is heard here. */
    String target() {
        if (linkBytes.length == 0) {
            return "";
        }
        LinkState known = links;
        if (known == null) {
            known = links();
            links = known;
        }
        return known.target();
    }

    void links(LinkState state, StateWriter out) {
        changed = true;
        links = null;
        linkBytes = state.empty() ? NOTHING : state.encode(out);
    }

    ReviewState reviews() {
        if (reviewBytes.length == 0) {
            return ReviewState.NONE;
        }
        ReviewState known = reviews;
        if (known == null) {
            known = ReviewState.decode(text, kind, reviewBytes);
            reviews = known;
        }
        return known;
    }

    void reviews(ReviewState state, StateWriter out) {
        changed = true;
        reviews = null;
        reviewBytes = state.empty() ? NOTHING : state.encode(out);
    }

    /** Forgets rows that were deleted, and golden records that went, before a time: epoch milliseconds. */
    void forget(long before) {
        changed |= rows.values().removeIf(row -> {
            byte[] bytes = row.unchanged();
            Long at = bytes == null ? null : HeldFormat.deletedAt(bytes);
            return at != null && at < before;
        });
        changed |= golden.values().removeIf(one -> {
            byte[] bytes = one.unchanged();
            Long at = bytes == null ? null : GoldenState.goneAt(bytes);
            return at != null && at < before;
        });
    }
}
