package io.tongdao.ops.verify;

import io.tongdao.contract.plan.VerifyPlan;
import io.tongdao.contract.witness.Verification;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts verifications over a window, from the record of them: what was counted before a restart is counted after it. What hides whether a
 * subject is held is counted as if it was not, and as if the value was wrong. Not thread-safe.
 */
final class VerifyLimits {
    private final Deque<Verification> window = new ArrayDeque<>();
    private final Map<Attempt, Integer> attempts = new HashMap<>();
    private final Map<Epoch, Map<String, Integer>> unknown = new HashMap<>();
    private final Map<Epoch, Map<String, Integer>> wrong = new HashMap<>();
    private final Map<Epoch, String> alarmed = new HashMap<>();

    private record Attempt(String consumer, String subject, String item) {}

    private record Epoch(String grant, int epoch) {}

    /** Forgets what is older than the window. */
    void at(Instant now, VerifyPlan terms) {
        Instant from = now.minus(terms.window());
        while (!window.isEmpty() && window.getFirst().at().isBefore(from)) {
            count(window.removeFirst(), -1);
        }
    }

    /** Takes what went on record, in the order of time; it may raise an alarm. */
    void take(Verification one, VerifyPlan terms) {
        window.addLast(one);
        count(one, 1);
        Epoch of = new Epoch(one.grant(), one.epoch());
        int strangers = unknown.getOrDefault(of, Map.of()).size();
        int values = wrong.getOrDefault(of, Map.of()).getOrDefault(one.subject(), 0);
        if (strangers >= terms.unknown()) {
            alarmed.putIfAbsent(
                    of,
                    "枚举告警 enumeration: %d subjects of whom nothing was found within %s"
                            .formatted(strangers, terms.window()));
        } else if (values >= terms.differing()) {
            alarmed.putIfAbsent(
                    of,
                    "枚举告警 enumeration: %d values of one subject that did not match within %s"
                            .formatted(values, terms.window()));
        }
    }

    /** Whether one more attempt about each of the items is allowed. */
    boolean allows(VerifyPlan terms, String consumer, String subject, Set<String> items) {
        return items.stream()
                .allMatch(item -> attempts.getOrDefault(new Attempt(consumer, subject, item), 0) < terms.attempts());
    }

    /** Why an epoch of a grant is to be suspended; empty: it is not. What was raised stays: resuming begins another epoch. */
    String alarm(String grant, int epoch) {
        return alarmed.getOrDefault(new Epoch(grant, epoch), "");
    }

    private void count(Verification one, int more) {
        Epoch grant = new Epoch(one.grant(), one.epoch());
        boolean found = false;
        int misses = 0;
        for (Map.Entry<String, String> answer : one.answers().entrySet()) {
            Word word = Word.of(answer.getValue());
            if (word == Word.REFUSED) {
                return;
            }
            add(attempts, new Attempt(one.consumer(), one.subject(), answer.getKey()), more);
            found |= !word.maybeUnknown();
            misses += word.maybeWrong() ? 1 : 0;
        }
        if (misses > 0) {
            add(wrong, grant, one.subject(), more * misses);
        }
        if (!found) {
            add(unknown, grant, one.subject(), more);
        }
    }

    private static void add(Map<Epoch, Map<String, Integer>> counts, Epoch grant, String subject, int more) {
        Map<String, Integer> subjects = counts.computeIfAbsent(grant, g -> new HashMap<>());
        add(subjects, subject, more);
        if (subjects.isEmpty()) {
            counts.remove(grant);
        }
    }

    private static <K> void add(Map<K, Integer> counts, K key, int more) {
        counts.merge(key, more, Integer::sum);
        counts.remove(key, 0);
    }
}
