package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.lakehouse.commit.DayTags;
import io.tongdao.lakehouse.query.KeptStates.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeptStatesTest {
    private static final long DAY = 86_400_000;
    private static final long START = 1_790_000_000_000L;

    /** Random commits, of which the log has lost the first ones and the days' ends are left: what is answered is what was, and each day's end is. */
    @Test
    void isWhatTheTableWas() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<State> commits = commits(random);
            KeptStates kept = kept(commits, random);
            for (int i = 0; i < 40; i++) {
                long millis = START - DAY + random.nextLong(22 * DAY);
                Optional<State> was = commits.stream()
                        .filter(state -> state.millis() <= millis)
                        .reduce((before, state) -> state);
                Optional<State> found = kept.at(millis);
                if (found.isPresent()) {
                    assertThat(found).as("seed %d at %d", seed, millis).isEqualTo(was);
                }
                boolean logged = millis >= kept.log().get(0).millis();
                boolean dayOver = !kept.days().isEmpty()
                        && !DayTags.day(millis + 1).equals(DayTags.day(millis))
                        && millis >= kept.days().firstEntry().getValue().millis();
                if (logged || dayOver) {
                    assertThat(found).as("seed %d at %d", seed, millis).isPresent();
                }
            }
            for (LocalDate day : kept.days().keySet()) {
                long end =
                        day.plusDays(1).atStartOfDay(DayTags.ZONE).toInstant().toEpochMilli() - 1;
                assertThat(kept.at(end)).as("seed %d end of %s", seed, day).isPresent();
            }
        }
    }

    private static List<State> commits(Random random) {
        List<State> commits = new ArrayList<>();
        long at = START;
        int many = 1 + random.nextInt(30);
        for (int i = 0; i < many; i++) {
            at += 1 + random.nextLong(random.nextInt(4) == 0 ? 3 * DAY : DAY / 5);
            commits.add(new State(i, at));
        }
        return commits;
    }

    /** As the sink leaves it: the days that were over when the last commit was made, the younger ones of them. */
    private static KeptStates kept(List<State> commits, Random random) {
        TreeMap<LocalDate, State> days = new TreeMap<>();
        for (int i = 0; i + 1 < commits.size(); i++) {
            LocalDate day = DayTags.day(commits.get(i).millis());
            if (!day.equals(DayTags.day(commits.get(i + 1).millis()))) {
                days.put(day, commits.get(i));
            }
        }
        for (int gone = random.nextInt(4); gone > 0 && !days.isEmpty(); gone--) {
            days.remove(days.firstKey());
        }
        return new KeptStates(commits.subList(random.nextInt(commits.size()), commits.size()), days);
    }
}
