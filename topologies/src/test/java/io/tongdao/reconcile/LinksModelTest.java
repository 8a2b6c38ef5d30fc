package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.compose.SortedStore;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.runtime.Shields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Links against a model that knows everything: several tasks, letters that wait for any time but stay in their order between two tasks, rows
 * that come, change and go. When all letters have been read, each subject is heard with exactly what is its own and its predecessors'.
 */
class LinksModelTest {
    private static final long SEED = 20260312;
    private static final int ROUNDS = 400;
    private static final List<String> SUBJECTS = List.of("a", "b", "c", "d", "e", "f");

    private static final StateNames NAMES = new StateNames(List.of("ga.d", "hrss.d", "value", Claim.FORMERLY));
    private static final HeldFormat FORMAT = new HeldFormat(NAMES);

    /** One task with its stores, and the letters that others have written to it. */
    private static final class Task implements Links.Post {
        private final World world;
        private final int number;
        private final SubjectStore subjects = new SubjectStore(SubjectKind.PERSON, new SortedStore(), NAMES);
        private final ClaimStore claims = new ClaimStore(subjects, Set.of(), 2);
        private final Links links;

        Task(World world, int number) {
            this.world = world;
            this.number = number;
            this.links = new Links(
                    SubjectKind.PERSON, claims, new Veil(new Shields(new SortedStore())), subjects, this, () -> false);
        }

        @Override
        public void send(Letter letter, Cause cause) {
            world.letters
                    .computeIfAbsent(number + ">" + world.task(letter.to()).number, channel -> new ArrayDeque<>())
                    .add(letter.encode(FORMAT));
            world.sent++;
        }

        @Override
        public void withdraw(String topic, String key, Cause cause) {
            throw new AssertionError("nothing is protected");
        }

        @Override
        public void review(Review review, Cause cause) {
            if (review.stands()) {
                world.open.add(review.key());
            } else {
                assertThat(world.open.remove(review.key()))
                        .as("closed before it was opened")
                        .isTrue();
            }
        }
    }

    /** All tasks, and what every source says. */
    private static final class World {
        private final List<Task> tasks = new ArrayList<>();
        private final Map<String, Deque<byte[]>> letters = new TreeMap<>();
        private final Set<String> open = new TreeSet<>();
        private final Map<String, Map<String, Claim>> said = new TreeMap<>();
        private int sent;
        private long pos;

        World(int partitions) {
            for (int number = 0; number < partitions; number++) {
                tasks.add(new Task(this, number));
            }
        }

        Task task(String subject) {
            return tasks.get(SubjectKey.partition(bytes(subject), tasks.size()));
        }

        void change(Random random) {
            String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
            boolean issuer = random.nextInt(2) == 0;
            ClaimKey key = new ClaimKey(issuer ? "ga.d" : "hrss.d", issuer ? "" : "" + random.nextInt(2));
            Claim claim = null;
            if (random.nextInt(4) != 0) {
                Map<String, Object> items = new TreeMap<>(Map.of("value", "" + random.nextInt(3)));
                if (issuer && random.nextInt(3) != 0) {
                    items.put(Claim.FORMERLY, former(random));
                }
                claim = new Claim(key.dataset(), key.row(), new Pos(1, ++pos, 0, 0), null, null, items);
            }
            Map<String, Claim> rows = said.computeIfAbsent(subject, s -> new TreeMap<>());
            String row = key.dataset() + "|" + key.row();
            if (claim == null) {
                rows.remove(row);
            } else {
                rows.put(row, claim);
            }
            Task task = task(subject);
            ClaimStore.Change change =
                    task.claims.put(bytes(subject), key, claim == null ? null : Held.moved(claim, 0));
            if (change != null) {
                task.links.changed(bytes(subject), change, cause(subject));
            }
        }

        private static String former(Random random) {
            Set<String> former = new TreeSet<>();
            for (int n = random.nextInt(5) == 0 ? 2 : 1; n > 0; n--) {
                former.add(SUBJECTS.get(random.nextInt(SUBJECTS.size())));
            }
            return String.join("|", former);
        }

        boolean deliver(Random random) {
            List<Map.Entry<String, Deque<byte[]>>> waiting = letters.entrySet().stream()
                    .filter(channel -> !channel.getValue().isEmpty())
                    .toList();
            if (waiting.isEmpty()) {
                return false;
            }
            byte[] next = waiting.get(random.nextInt(waiting.size())).getValue().removeFirst();
            Letter letter = Letter.decode(next, FORMAT);
            task(letter.to()).links.heed(letter, cause(letter.to()));
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void everySubjectIsHeardWithItsOwnAndItsPredecessors(int partitions) {
        int merged = 0;
        int circles = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Random random = new Random(SEED + round);
            World world = new World(partitions);

            // When
            for (int step = 0; step < 40; step++) {
                world.change(random);
                for (int letters = random.nextInt(4); letters > 0; letters--) {
                    world.deliver(random);
                }
            }
            int before = world.sent;
            while (world.deliver(random)) {
                assertThat(world.sent - before).as("letters end").isLessThan(20_000);
            }

            // Then
            Model model = new Model(world.said);
            for (String subject : SUBJECTS) {
                Task task = world.task(subject);
                String where = "seed %d round %d subject %s".formatted(SEED, round, subject);
                boolean away = task.links.away(bytes(subject));
                assertThat(away).as(where).isEqualTo(!model.target(subject).isEmpty());
                if (!away) {
                    assertThat(heard(task, subject)).as(where).isEqualTo(model.heard(subject));
                }
                merged += away ? 1 : 0;
                circles += model.circle(subject) ? 1 : 0;
            }
            assertThat(world.open).as("seed %d round %d", SEED, round).isEqualTo(model.reviews());
        }
        assertThat(merged).isGreaterThan(ROUNDS / 2);
        assertThat(circles).isGreaterThan(ROUNDS / 10);
    }

    /** Row and value, the path that it came by aside. */
    private static List<String> heard(Task task, String subject) {
        List<String> heard = new ArrayList<>();
        task.claims
                .all(bytes(subject))
                .values()
                .forEach(rows -> rows.forEach(claim -> {
                    String row = claim.row();
                    int from = row.lastIndexOf('!');
                    String[] path = row.split("!", -1);
                    String of = path.length == 1 ? subject : path[path.length - 2];
                    heard.add(of + " " + claim.dataset() + "|" + row.substring(from + 1) + " "
                            + claim.items().get("value"));
                }));
        heard.sort(null);
        return heard;
    }

    /** Who became whom, by what every row says in the end. */
    private record Model(Map<String, Map<String, Claim>> said) {
        Set<String> successors(String subject) {
            Set<String> all = new TreeSet<>();
            said.forEach((successor, rows) -> rows.values().forEach(claim -> {
                Object former = claim.items().get(Claim.FORMERLY);
                if (former != null && List.of(former.toString().split("\\|")).contains(subject)) {
                    all.add(successor);
                }
            }));
            all.remove(subject);
            return all;
        }

        String successor(String subject) {
            Set<String> all = successors(subject);
            return all.size() == 1 ? all.iterator().next() : "";
        }

        boolean circle(String subject) {
            Set<String> seen = new HashSet<>();
            String next = successor(subject);
            while (!next.isEmpty() && seen.add(next)) {
                if (next.equals(subject)) {
                    return true;
                }
                next = successor(next);
            }
            return false;
        }

        String target(String subject) {
            return circle(subject) ? "" : successor(subject);
        }

        List<String> heard(String subject) {
            List<String> heard = new ArrayList<>();
            for (String from : SUBJECTS) {
                String end = from;
                while (!target(end).isEmpty()) {
                    end = target(end);
                }
                if (end.equals(subject)) {
                    said.getOrDefault(from, Map.of())
                            .forEach((row, claim) -> heard.add(
                                    from + " " + row + " " + claim.items().get("value")));
                }
            }
            heard.sort(null);
            return heard;
        }

        Set<String> reviews() {
            Set<String> open = new TreeSet<>();
            for (String subject : SUBJECTS) {
                if (circle(subject) || successors(subject).size() > 1) {
                    successors(subject).forEach(successor -> open.add(subject + "|ga.d|" + successor + "!"));
                }
            }
            return open;
        }
    }

    private static Cause cause(String subject) {
        return new Cause(bytes(subject), Instant.EPOCH, 0, 0);
    }

    private static byte[] bytes(String subject) {
        return subject.getBytes(StandardCharsets.UTF_8);
    }
}
