package io.tongdao.reconcile.rule;

import io.tongdao.contract.topic.Pos;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one key of one dataset: the row that owns it, how far that row has been read, and what it says, or that it
 * was deleted. Rows that owned the key before stay known with their positions, so that their records, delivered once more after a
 * crash, are recognised too. Positions are compared only within one row.
 *
 * @param claim none: deleted
 * @param changedAt wall clock in epoch milliseconds of the last change of owner or of the deletion; drives forgetting only
 */
public record Held(RowPos owner, @Nullable Claim claim, long changedAt, List<RowPos> former) {
    private static final int FORMER = 8;

    /** A source row and the newest of its versions that was read. */
    public record RowPos(RowId row, Pos pos) {}

    /** A version of a row, or its deletion; no result: it is not newer than what is held, or not its row's business. */
    public static Optional<Held> next(@Nullable Held held, RowPos row, @Nullable Claim claim, long now) {
        if (held == null) {
            return Optional.of(new Held(row, claim, now, List.of()));
        }
        if (held.knows(row)) {
            return Optional.empty();
        }
        if (row.row().equals(held.owner.row())) {
            return Optional.of(new Held(row, held.keepDate(claim), claim == null ? now : held.changedAt, held.former));
        }
        return Optional.of(
                claim == null
                        ? new Held(held.owner, held.claim, held.changedAt, remember(held.former, row))
                        : new Held(row, claim, now, remember(held.former, held.owner)));
    }

    /** A claim that is heard as one about a subject's successor: its own task has told what is newer. */
    public static Held moved(Claim claim, long now) {
        return new Held(new RowPos(RowId.NONE, claim.since()), claim, now, List.of());
    }

    /** The same under another key of its dataset. */
    public Held under(String row) {
        return new Held(owner, claim == null ? null : claim.under(row), changedAt, former);
    }

    /** Whether both say the same of the subject. */
    public static boolean sameWord(@Nullable Held before, Held after) {
        Claim old = before == null ? null : before.claim;
        Claim now = after.claim;
        if (old == null || now == null) {
            return old == null && now == null;
        }
        return old.says(now) && old.since().equals(now.since()) && old.names().equals(now.names());
    }

    private boolean knows(RowPos row) {
        if (row.row().equals(owner.row())) {
            return row.pos().compareTo(owner.pos()) <= 0;
        }
        return former.stream()
                .anyMatch(f -> f.row().equals(row.row()) && row.pos().compareTo(f.pos()) <= 0);
    }

    private @Nullable Claim keepDate(@Nullable Claim next) {
        return next != null && claim != null && claim.says(next) ? next.dated(claim) : next;
    }

    private static List<RowPos> remember(List<RowPos> former, RowPos row) {
        List<RowPos> all = new ArrayList<>(former);
        all.removeIf(f -> f.row().equals(row.row()));
        all.add(row);
        return List.copyOf(all.size() > FORMER ? all.subList(all.size() - FORMER, all.size()) : all);
    }
}
