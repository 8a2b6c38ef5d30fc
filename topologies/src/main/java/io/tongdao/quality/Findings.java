package io.tongdao.quality;

import io.tongdao.contract.topic.Pos;
import io.tongdao.quality.rule.Ruleset;
import io.tongdao.quality.rule.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What follows from a verdict that changed: figures, flags of the row, and what it shares with other rows. Of one task. */
final class Findings {
    private final ProcessorContext<byte[], Outgoing> context;
    private final Tallies tallies;
    private final String part;

    Findings(ProcessorContext<byte[], Outgoing> context, Tallies tallies, String part) {
        this.context = context;
        this.tallies = tallies;
        this.part = part;
    }

    /** The version of a row that is being judged. */
    record Version(
            JudgedDataset dataset,
            byte[] row,
            Pos pos,
            @Nullable Instant at,
            RecordMetadata where,
            long timestamp) {
        /** The day on which the source committed it; what a reading brought has only the reading. */
        String window() {
            return at == null
                    ? "e" + pos.epoch()
                    : at.atZone(QualityStage.ZONE).toLocalDate().toString();
        }

        Ruleset rules() {
            return dataset.rules();
        }
    }

    /** Before anything is remembered by the numbers of a dataset's rules. */
    void know(JudgedDataset dataset) {
        tallies.know(dataset.id(), dataset.rules().version(), dataset.rules().ids());
    }

    static void tell(ProcessorContext<byte[], Outgoing> context, Tallies tallies, long now) {
        tallies.tell(now, telling(context, now));
    }

    static Tallies.Telling telling(ProcessorContext<byte[], Outgoing> context, long now) {
        return (key, value) -> context.forward(new Record<>(key, (Outgoing) new Outgoing.Flag(value), now));
    }

    /** The verdict with what it keeps from the one before: whether a row came in time is decided when it is new. */
    Verdict carried(Version version, @Nullable RowState held, Verdict judged) {
        Verdict before = before(version, held);
        BitSet asked = (BitSet) judged.asked().clone();
        BitSet broken = (BitSet) judged.broken().clone();
        for (int rule : version.rules().timely().values()) {
            if (!asked.get(rule)) {
                asked.set(rule, before.asked().get(rule));
                broken.set(rule, before.broken().get(rule));
            }
        }
        return new Verdict(asked, broken);
    }

    /** @param judged what this version itself was judged, null: the row is gone */
    void settle(Version version, @Nullable RowState held, RowState next, @Nullable Verdict judged) {
        Verdict before = before(version, held);
        Verdict after = next.verdict() == null ? new Verdict(new BitSet(), new BitSet()) : next.verdict();
        count(version, before, after);
        if (judged != null) {
            history(version, held, judged);
        }
        flags(version, held, after);
        values(version, held, next);
    }

    /** What was held, in the numbers of the present rules. */
    private Verdict before(Version version, @Nullable RowState held) {
        Verdict verdict = held == null ? null : held.verdict();
        if (held == null || verdict == null) {
            return new Verdict(new BitSet(), new BitSet());
        }
        if (held.version() == version.rules().version()) {
            return verdict;
        }
        List<String> old = tallies.rules(version.dataset().id(), held.version());
        List<String> ids = version.rules().ids();
        BitSet asked = new BitSet();
        BitSet broken = new BitSet();
        for (int i = 0; i < ids.size(); i++) {
            int was = old.indexOf(ids.get(i));
            asked.set(i, was >= 0 && verdict.asked().get(was));
            broken.set(i, was >= 0 && verdict.broken().get(was));
        }
        return new Verdict(asked, broken);
    }

    private void count(Version version, Verdict before, Verdict after) {
        Tally now = tally(version, QualityCount.NOW);
        for (int i = 0; i < version.rules().ids().size(); i++) {
            now.add(i, checked(after, i) - checked(before, i), conforming(after, i) - conforming(before, i));
        }
        tallies.save(now);
    }

    /** A version counts once; judged again by other rules, only for those that it was not judged by. */
    private void history(Version version, @Nullable RowState held, Verdict judged) {
        List<String> known =
                held != null && held.verdict() != null && held.pos().equals(version.pos())
                        ? tallies.rules(version.dataset().id(), held.version())
                        : List.of();
        Tally tally = tally(version, version.window());
        List<String> ids = version.rules().ids();
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                tally.add(i, checked(judged, i), conforming(judged, i));
            }
        }
        tallies.save(tally);
    }

    private Tally tally(Version version, String window) {
        return tallies.at(
                new Tally.Place(version.dataset().id(), window, part),
                version.rules().version());
    }

    private static long checked(Verdict verdict, int rule) {
        return verdict.asked().get(rule) ? 1 : 0;
    }

    private static long conforming(Verdict verdict, int rule) {
        return verdict.asked().get(rule) && !verdict.broken().get(rule) ? 1 : 0;
    }

    private void flags(Version version, @Nullable RowState held, Verdict after) {
        String dataset = version.dataset().id();
        String row = HexFormat.of().formatHex(version.row());
        List<String> ids = version.rules().ids();
        after.broken().stream()
                .mapToObj(rule -> new Violation(
                        dataset,
                        row,
                        ids.get(rule),
                        version.where().partition(),
                        version.where().offset(),
                        version.at(),
                        part))
                .forEach(found -> flag(found.key(), found.bytes(), version.timestamp()));
        Verdict before = held == null ? null : held.verdict();
        if (held != null && before != null) {
            List<String> old = tallies.rules(dataset, held.version());
            before.broken().stream()
                    .mapToObj(old::get)
                    .filter(rule -> !ids.contains(rule) || !after.broken().get(ids.indexOf(rule)))
                    .forEach(rule -> flag(Violation.key(dataset, row, rule, part), null, version.timestamp()));
        }
    }

    /** What the row no longer has goes first. */
    private void values(Version version, @Nullable RowState held, RowState next) {
        Map<String, byte[]> before = held == null ? Map.of() : held.values();
        Map<String, byte[]> left = new HashMap<>(before);
        next.values().forEach((rule, digest) -> {
            if (Arrays.equals(digest, left.get(rule))) {
                left.remove(rule);
            }
        });
        left.forEach((rule, digest) -> share(version, rule, digest, false));
        next.values().forEach((rule, digest) -> share(version, rule, digest, true));
    }

    private void share(Version version, String rule, byte[] digest, boolean has) {
        SharedValue value = new SharedValue(
                has,
                version.dataset().id(),
                rule,
                version.row(),
                version.pos(),
                version.window(),
                version.where().partition(),
                version.where().offset(),
                version.at());
        Outgoing out = new Outgoing.Value(value.encode(0));
        context.forward(new Record<>(SharedValue.key(digest), out, version.timestamp()));
    }

    private void flag(byte[] key, byte @Nullable [] value, long timestamp) {
        context.forward(new Record<>(key, (Outgoing) new Outgoing.Flag(value), timestamp));
    }
}
