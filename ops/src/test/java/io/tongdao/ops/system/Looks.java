package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What was seen where and when, and what was allowed then. Thread-safe. */
final class Looks {
    private final List<Look> all = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    /** When each numbered change was about to be committed. */
    private final List<Instant> changes = new ArrayList<>();

    /**
     * @param grant whose release was looked at
     * @param surface where, for messages
     * @param answers whether it gives no answer at all while the grant is suspended; else it may show what it did before
     * @param from before it was asked
     * @param to after it answered
     * @param allowed whether each row is inside the grant's filter, items and masks
     * @param numbers of the changes that the rows show
     */
    record Look(
            String grant,
            String surface,
            boolean answers,
            Instant from,
            Instant to,
            boolean allowed,
            List<Integer> numbers) {}

    /** @param to {@link Instant#MAX} until it is resumed */
    private record Cut(String grant, Instant from, Instant to) {
        boolean holds(String other, Instant begin, Instant end) {
            return grant.equals(other) && !begin.isBefore(from) && end.isBefore(to);
        }
    }

    synchronized void add(Look look) {
        all.add(look);
    }

    synchronized int count(Predicate<Look> which) {
        return (int) all.stream().filter(which).count();
    }

    /** @return the number that the change is to say */
    synchronized int committing(Instant at) {
        changes.add(at);
        return changes.size();
    }

    synchronized void cut(String grant, Instant acknowledged) {
        cuts.add(new Cut(grant, acknowledged, Instant.MAX));
    }

    synchronized void resumed(String grant, Instant ordered) {
        cuts.replaceAll(
                cut -> cut.grant.equals(grant) && cut.to.equals(Instant.MAX) ? new Cut(grant, cut.from, ordered) : cut);
    }

    synchronized void assertAllowed(long seed) {
        Map<String, Integer> seen = new HashMap<>();
        for (Look look : all) {
            seen.merge(look.surface, 1, Integer::sum);
            assertThat(look.allowed)
                    .as("%s shows only what its grant allows, seed %d", look.surface, seed)
                    .isTrue();
            for (Cut cut : cuts) {
                if (look.answers) {
                    assertThat(cut.holds(look.grant, look.from, look.to))
                            .as("%s answers while %s is suspended, seed %d", look.surface, look.grant, seed)
                            .isFalse();
                }
                for (int number : look.numbers) {
                    assertThat(cut.holds(look.grant, changes.get(number - 1), look.to))
                            .as("%s shows what came while %s is suspended, seed %d", look.surface, look.grant, seed)
                            .isFalse();
                }
            }
        }
        assertThat(cuts).as("seed %d", seed).isNotEmpty();
        assertThat(seen.keySet()).hasSize(5);
    }
}
