package io.tongdao.ops.bench;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.DiscrepancyFormat;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Conflict;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Reconciler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The whole history of golden records and of discrepancies, checked against what the sources said and the rules that are written. Of each
 * subject: versions rise by one; none says what the one before said; the sources, each in its own order, can have led to all of them in this
 * order, and have in the end led to the last. A discrepancy is opened, then closed; it is one that such an order comes by; and it stands in
 * the end if and only if the sources still contradict each other so. Findings count subjects and name places on topics, never whom.
 */
final class GoldenHistory {
    private final BasePlan base;
    private final Reconciler reconciler;
    private final List<ClaimedRows> sources;
    private final WireFormat.Reader reader;
    private final Map<String, List<Told>> golden = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Discrepancy>>> discrepancies = new HashMap<>();
    private final Map<Wrong, Integer> wrong = new TreeMap<>();
    private final Map<Wrong, String> places = new HashMap<>();

    /** A golden record; empty content: it is gone. */
    private record Told(@Nullable Ver ver, String content, String place) {}

    /** What can be wrong with a subject. */
    enum Wrong {
        VERSIONS("versions do not rise by one"),
        DOUBLED("a golden record says what the one before said"),
        IMPOSSIBLE("a golden record that no order of the sources gives"),
        LAST("the last golden record is not what the sources say"),
        UNKNOWN("golden records of a subject that no source speaks of"),
        DISCREPANCY_ORDER("a discrepancy is not opened and closed in turn"),
        DISCREPANCY_IMPOSSIBLE("a discrepancy that no order of the sources gives"),
        DISCREPANCY_LAST("the discrepancies that stand are not those of the sources");

        private final String text;

        Wrong(String text) {
            this.text = text;
        }
    }

    /** @param sources with all records taken */
    GoldenHistory(BasePlan base, Reconciler reconciler, List<ClaimedRows> sources, WireFormat wire) {
        this.base = base;
        this.reconciler = reconciler;
        this.sources = sources;
        this.reader = wire.reader(base.topic().schema());
    }

    void golden(ConsumerRecord<byte[], byte[]> record) {
        String content = GoldenContent.of(base, record.value() == null ? null : reader.decode(record.value()));
        golden.computeIfAbsent(text(record.key()), subject -> new ArrayList<>())
                .add(new Told(Lineage.ver(record.headers()), content, place(record)));
    }

    void discrepancy(ConsumerRecord<byte[], byte[]> record) {
        Discrepancy told = DiscrepancyFormat.FORMAT.decode(Objects.requireNonNull(record.value()));
        discrepancies
                .computeIfAbsent(told.subject(), subject -> new TreeMap<>())
                .computeIfAbsent(told.item(), item -> new ArrayList<>())
                .add(told);
    }

    /**
     * @param subjects all that a source spoke of
     * @return findings, empty if all holds
     */
    List<String> check(Set<String> subjects) {
        subjects.forEach(this::check);
        Set<String> others = new HashSet<>(golden.keySet());
        others.addAll(discrepancies.keySet());
        others.removeAll(subjects);
        others.forEach(other -> add(Wrong.UNKNOWN, ""));
        return wrong.entrySet().stream()
                .map(one -> one.getValue() + " x " + one.getKey().text + places.getOrDefault(one.getKey(), ""))
                .toList();
    }

    private void check(String subject) {
        List<Told> told = golden.getOrDefault(subject, List.of());
        for (int i = 0; i < told.size(); i++) {
            Ver ver = told.get(i).ver;
            if (ver == null || ver.counter() != i + 1) {
                add(Wrong.VERSIONS, told.get(i).place);
            }
            if (told.get(i).content.equals(i == 0 ? "" : told.get(i - 1).content)) {
                add(Wrong.DOUBLED, told.get(i).place);
            }
        }
        List<List<ClaimedRows.Step>> steps =
                sources.stream().map(source -> source.about(subject)).toList();
        int[] end = steps.stream().mapToInt(List::size).toArray();
        Reconciler.Outcome last = outcome(subject, steps, end);
        if (!GoldenContent.of(last.golden()).equals(told.isEmpty() ? "" : told.getLast().content)) {
            add(Wrong.LAST, told.isEmpty() ? "" : told.getLast().place);
        }
        Interleavings.Found found = new Interleavings(
                        silent(steps),
                        read -> GoldenContent.of(outcome(subject, steps, read).golden()))
                .search(told.stream().map(Told::content).toList());
        if (!found.whole()) {
            add(Wrong.IMPOSSIBLE, found.furthest() < told.size() ? told.get(found.furthest()).place : "");
        }
        discrepancies(subject, found.whole() ? conflicts(subject, steps, found) : null, last);
    }

    private static boolean[][] silent(List<List<ClaimedRows.Step>> steps) {
        boolean[][] silent = new boolean[steps.size()][];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = new boolean[steps.get(i).size()];
            for (int j = 0; j < silent[i].length; j++) {
                silent[i][j] = steps.get(i).get(j).silent();
            }
        }
        return silent;
    }

    private Set<String> conflicts(String subject, List<List<ClaimedRows.Step>> steps, Interleavings.Found found) {
        Set<String> sets = new HashSet<>();
        for (int[] read : found.passed()) {
            outcome(subject, steps, read).conflicts().forEach(conflict -> sets.add(conflict.valueSet()));
        }
        return sets;
    }

    private Reconciler.Outcome outcome(String subject, List<List<ClaimedRows.Step>> steps, int[] read) {
        Map<String, List<Claim>> claims = new HashMap<>();
        for (int i = 0; i < read.length; i++) {
            List<Claim> said =
                    read[i] == 0 ? List.of() : steps.get(i).get(read[i] - 1).claims();
            if (!said.isEmpty()) {
                claims.put(sources.get(i).dataset(), said);
            }
        }
        return reconciler.evaluate(subject, claims);
    }

    /** @param possible value sets; null: the golden records are wrong already, and say nothing of these */
    private void discrepancies(String subject, @Nullable Set<String> possible, Reconciler.Outcome last) {
        Set<String> standing = new TreeSet<>();
        discrepancies.getOrDefault(subject, Map.of()).values().forEach(all -> {
            Discrepancy open = null;
            for (Discrepancy one : all) {
                boolean right = one.stands()
                        ? open == null
                        : open != null
                                && open.valueSet().equals(one.valueSet())
                                && open.since().equals(one.since());
                if (!right) {
                    add(Wrong.DISCREPANCY_ORDER, "");
                }
                if (possible != null && !possible.contains(one.valueSet())) {
                    add(Wrong.DISCREPANCY_IMPOSSIBLE, "");
                }
                open = one.stands() ? one : null;
            }
            if (open != null) {
                standing.add(open.item() + open.sources() + open.addressees() + open.valueSet());
            }
        });
        Set<String> expected = new TreeSet<>();
        for (Conflict conflict : last.conflicts()) {
            List<String> speak = new ArrayList<>(List.of(conflict.winner()));
            speak.addAll(conflict.against());
            expected.add(conflict.item() + speak + conflict.blamed() + conflict.valueSet());
        }
        if (!standing.equals(expected)) {
            add(Wrong.DISCREPANCY_LAST, "");
        }
    }

    private void add(Wrong kind, String place) {
        wrong.merge(kind, 1, Integer::sum);
        if (!place.isEmpty()) {
            places.putIfAbsent(kind, ", the first at " + place);
        }
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + " offset " + record.offset();
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
