package io.tongdao.ops.ledger;

import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.contract.witness.Verification;
import io.tongdao.ops.ledger.LedgerAnswer.Received;
import io.tongdao.ops.ledger.LedgerAnswer.Released;
import io.tongdao.ops.ledger.LedgerAnswer.Verified;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;

/** Adds the ledger's entries up: they are what each page and each minute has more. Pure. */
final class LedgerSums {
    private final Predicate<ReleasedUnder> seen;
    private final Map<ReleasedUnder, Received> received = new HashMap<>();
    private final Map<Slot, Released> released = new HashMap<>();
    private final Map<String, Verified> verified = new HashMap<>();

    private record Slot(ReleasedUnder under, Instant from) {}

    /** @param seen which entries may be told */
    LedgerSums(Predicate<ReleasedUnder> seen) {
        this.seen = seen;
    }

    /** Takes a page of subjects for what it says of one. */
    void page(GenericRecord page, String token) {
        ReleasedUnder under = ReleaseLedger.under(page);
        for (Object each : (List<?>) page.get(ReleaseLedger.SUBJECTS_OF)) {
            GenericRecord one = (GenericRecord) each;
            if (token.contentEquals((CharSequence) one.get(ReleaseLedger.SUBJECT)) && seen.test(under)) {
                received.merge(under, received(under, one), LedgerSums::both);
            }
        }
    }

    private static Received received(ReleasedUnder under, GenericRecord one) {
        return new Received(
                under,
                at(one, ReleaseLedger.FIRST),
                at(one, ReleaseLedger.LAST),
                (Long) one.get(ReleaseLedger.RECORDS),
                (Long) one.get(ReleaseLedger.TOMBSTONES));
    }

    private static Received both(Received one, Received other) {
        return new Received(
                one.under(),
                earlier(one.first(), other.first()),
                later(one.last(), other.last()),
                one.records() + other.records(),
                one.tombstones() + other.tombstones());
    }

    /** Takes a minute. */
    void window(GenericRecord window, LedgerStep step, Instant since) {
        ReleasedUnder under = ReleaseLedger.under(window);
        Instant start = at(window, ReleaseLedger.WINDOW_START);
        if (start.isBefore(since) || !seen.test(under)) {
            return;
        }
        Instant from = step.begin(start);
        Released more = new Released(under, from, step.end(from), (Long) window.get(ReleaseLedger.RECORDS), (Long)
                window.get(ReleaseLedger.TOMBSTONES));
        released.merge(
                new Slot(under, from),
                more,
                (one, other) -> new Released(
                        one.under(),
                        one.from(),
                        one.to(),
                        one.records() + other.records(),
                        one.tombstones() + other.tombstones()));
    }

    /** Takes a verification of the subject. */
    void verification(Verification one) {
        Verified more = new Verified(
                one.grant(),
                one.epoch(),
                one.consumer(),
                one.at(),
                one.at(),
                1,
                Set.copyOf(one.answers().keySet()));
        verified.merge(one.grant() + '|' + one.epoch(), more, LedgerSums::both);
    }

    private static Verified both(Verified one, Verified other) {
        Set<String> items = new TreeSet<>(one.items());
        items.addAll(other.items());
        return new Verified(
                one.grant(),
                one.epoch(),
                one.consumer(),
                earlier(one.first(), other.first()),
                later(one.last(), other.last()),
                one.times() + other.times(),
                items);
    }

    List<Received> received() {
        return received.values().stream()
                .sorted(Comparator.comparing(Received::first)
                        .thenComparing(one -> one.under().toString()))
                .toList();
    }

    List<Released> released() {
        return released.values().stream()
                .sorted(Comparator.comparing(Released::from)
                        .thenComparing(one -> one.under().toString()))
                .toList();
    }

    List<Verified> verified() {
        return verified.values().stream()
                .sorted(Comparator.comparing(Verified::first).thenComparing(Verified::grant))
                .toList();
    }

    private static Instant at(GenericRecord entry, String field) {
        return Instant.ofEpochMilli((Long) entry.get(field));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
