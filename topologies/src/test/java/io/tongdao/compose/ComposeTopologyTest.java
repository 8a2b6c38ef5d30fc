package io.tongdao.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Pos;
import io.tongdao.runtime.DurableNames;
import io.tongdao.runtime.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeTopologyTest {
    private static final String PERSON = "530102199003071238";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void durableNamesStayHoweverManyTablesThereAre() throws IOException {
        // Given
        List<String> pinned = Files.readAllLines(Path.of("src/test/resources/compose/names.txt"));

        // When
        List<String> few = names(ThemeCatalogue.plan(directory.resolve("few"), 2, 2, Set.of()));
        List<String> many = names(ThemeCatalogue.plan(directory.resolve("many"), 2, 2));

        // Then
        assertThat(many)
                .as("a rename moves state: it needs a decision record and a migration")
                .isEqualTo(pinned);
        assertThat(few).isEqualTo(pinned);
    }

    private List<String> names(Plan plan) {
        return DurableNames.of(ComposeDriver.topology(
                plan, ThemeCatalogue.wire(plan), ComposeDriver.settings(directory.resolve("state"))));
    }

    @Test
    void whatWasDeletedLongAgoIsForgottenAndNotBefore() throws IOException {
        // Given
        Plan plan = ThemeCatalogue.plan(directory.resolve("sound"), 1, 1);
        try (ComposeDriver driver = new ComposeDriver(plan, directory.resolve("state"))) {
            driver.pipe(World.POPULATION, change(1, "{\"full_name\":\"张三\"}"));
            driver.pipe(World.POPULATION, change(2, "null"));

            // When
            driver.pass(Duration.ofDays(30));
            long before = driver.entries(ComposeTopology.ROWS) + driver.entries(ComposeTopology.COMPOSED);
            driver.pass(Duration.ofDays(2));
            driver.pass(Sweep.EVERY);
            long after = driver.entries(ComposeTopology.ROWS) + driver.entries(ComposeTopology.COMPOSED);

            // Then: the person's row, and its row in each of the two tables of persons without a territory
            assertThat(before).isEqualTo(3);
            assertThat(after).isZero();
        }
    }

    @Test
    void aSubjectOfManyRowsCostsAChangeNoMore() {
        // Given
        Plan plan = ThemeCatalogue.plan(directory.resolve("sound"), 1, 1);

        // When
        long few = costOfAChange(plan, 20);
        long many = costOfAChange(plan, 5_000);

        // Then
        assertThat(few).isPositive();
        assertThat(many).as("entries of state that one change reads and writes").isLessThanOrEqualTo(few + few / 2);
    }

    /** Of a row's change in the midst of a person's rows, with sums, the least, the greatest and the newest beside. */
    private static long costOfAChange(Plan plan, int rows) {
        Tasks tasks = new Tasks(plan, ThemeCatalogue.wire(plan), 100, new Random(1));
        tasks.feed(
                World.POPULATION,
                List.of(new World.Sent(
                        World.POPULATION,
                        PERSON,
                        "",
                        new io.tongdao.contract.topic.Ver(1, 1),
                        Map.of("citizen_id", PERSON))));
        List<World.Sent> sent = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            sent.add(insurance(i, new Pos(1, 1 + i, 0, 0), i));
        }
        tasks.feed(World.INSURANCE, sent);
        tasks.run(false);
        tasks.live();
        long before = SortedStore.touched();
        tasks.feed(World.INSURANCE, List.of(insurance(rows / 2, new Pos(1, 1_000_000, 0, 0), rows + 1)));
        tasks.run(false);
        return SortedStore.touched() - before;
    }

    private static World.Sent insurance(int row, Pos pos, int base) {
        Map<String, Object> value = new TreeMap<>();
        value.put("citizen_id", PERSON);
        value.put("contribution_base", new java.math.BigDecimal(base).setScale(2));
        value.put("last_paid_month", "2026%02d".formatted(1 + row % 12));
        return new World.Sent(World.INSURANCE, PERSON + "|" + row, "r" + row, pos, value);
    }

    private static JsonNode change(int ver, String value) throws IOException {
        return JSON.readTree("{\"key\":\"%s\",\"ver\":%d,\"value\":%s}".formatted(PERSON, ver, value));
    }
}
