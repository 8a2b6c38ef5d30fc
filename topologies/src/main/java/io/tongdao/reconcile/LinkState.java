package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.reconcile.rule.Review;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a task knows of the links of one subject. Nearly all subjects have none.
 *
 * @param named successor → the rows that say so, {@code dataset|row}
 * @param became former identifier → what it told: all that became it, each with what it came by
 * @param told the successor that has been told what became it; empty: none
 * @param ancestors what it has been told
 * @param target where claims go; empty: nowhere
 * @param open successor → the review that stands because it is not clear
 */
record LinkState(
        Map<String, Set<String>> named,
        Map<String, Map<String, Set<String>>> became,
        String told,
        Map<String, Set<String>> ancestors,
        String target,
        Map<String, Review> open) {
    private static final byte FORMAT = 1;

    static LinkState none() {
        return new LinkState(new TreeMap<>(), new TreeMap<>(), "", Map.of(), "", Map.of());
    }

    boolean empty() {
        return named.isEmpty() && became.isEmpty() && told.isEmpty() && target.isEmpty() && open.isEmpty();
    }

    /**
     * What a successor is told: the subject, and everything that has become it, with what it came by. What has come by the subject before is
     * left out, so that nothing is told round a circle twice.
     */
    Map<String, Set<String>> all(String subject) {
        Map<String, Set<String>> all = new TreeMap<>();
        became.values()
                .forEach(told -> told.forEach((ancestor, by) -> {
                    if (!ancestor.equals(subject) && !by.contains(subject)) {
                        all.computeIfAbsent(ancestor, a -> new TreeSet<>(Set.of(subject)))
                                .addAll(by);
                    }
                }));
        all.put(subject, Set.of());
        return all;
    }

    /** Whether it has become itself, by whatever way. */
    boolean circle(String subject) {
        return became.values().stream().anyMatch(told -> told.containsKey(subject));
    }

    byte[] encode(StateWriter out) {
        out.begin(FORMAT);
        sets(named, out);
        out.count(became.size());
        became.forEach((former, before) -> sets(before, out.text(former)));
        out.text(told);
        sets(ancestors, out);
        out.text(target).count(open.size());
        open.forEach((successor, review) -> out.text(successor)
                .text(review.dataset())
                .text(review.row())
                .number(review.since().toEpochMilli()));
        return out.end();
    }

    static LinkState decode(String subject, SubjectKind kind, byte[] value) {
        StateReader in = new StateReader(value, FORMAT);
        Map<String, Set<String>> named = sets(in);
        Map<String, Map<String, Set<String>>> became = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            became.put(in.text(), sets(in));
        }
        String told = in.text();
        Map<String, Set<String>> ancestors = sets(in);
        String target = in.text();
        Map<String, Review> open = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            String successor = in.text();
            open.put(
                    successor,
                    Review.open(subject, kind, in.text(), in.text(), "", "", Instant.ofEpochMilli(in.number())));
        }
        return new LinkState(named, became, told, ancestors, target, open);
    }

    static void sets(Map<String, Set<String>> sets, StateWriter out) {
        out.count(sets.size());
        sets.forEach((name, texts) -> texts(texts, out.text(name)));
    }

    static Map<String, Set<String>> sets(StateReader in) {
        Map<String, Set<String>> sets = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            sets.put(in.text(), texts(in));
        }
        return sets;
    }

    private static void texts(Collection<String> texts, StateWriter out) {
        out.count(texts.size());
        texts.forEach(out::text);
    }

    private static Set<String> texts(StateReader in) {
        Set<String> texts = new TreeSet<>();
        for (int left = in.count(); left > 0; left--) {
            texts.add(in.text());
        }
        return texts;
    }
}
