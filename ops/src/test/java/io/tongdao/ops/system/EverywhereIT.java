package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tongdao.ops.OneExchange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a grant's tables, its receiver's database and the HTTP API show while the process that runs the exchange is killed, people move, and
 * grants are suspended and resumed, seeded: no row outside filter, territory, items or masks, nothing new and no answer once a suspension was
 * acknowledged, and everything in the end. What topics show is {@code DisclosureIT}'s. {@code -Deverywhere.steps=60} for a long one.
 */
@OneExchange
class EverywhereIT {
    private static final long SEED = Long.getLong("everywhere.seed", 20261201);
    private static final int STEPS = Integer.getInteger("everywhere.steps", 5);
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String SHARE = "yb-enrolment";
    private static final String RETURN = "wuhua-return";
    private static final String VERIFY = "yb-verify";

    private final Random random = new Random(SEED);
    private final Looks looks = new Looks();
    private final TreeSet<String> flowing = new TreeSet<>();
    private KilledExchange exchange;
    private List<String> people = List.of();

    @Test
    void nothingShowsWhatNoGrantAllows(@TempDir Path dir) throws Exception {
        try (KilledExchange running = KilledExchange.start(dir.resolve("data"), 300)) {
            // Given
            exchange = running;
            people = exchange.people();
            String token = exchange.tongdao(
                            "token", "issue", "--role", "consumer", "--agency", "yb", "--person", "王敏", "--by", "运维")
                    .strip();
            for (String id : List.of(SHARE, RETURN, VERIFY)) {
                exchange.approved(id);
                flowing.add(id);
            }
            try (Watch watch = new Watch(exchange, looks, people.getFirst(), token)) {
                watch.awaitAll(LIMIT);

                // When
                kill();
                for (int step = 0; step < STEPS; step++) {
                    step();
                }
                for (String id : List.of(SHARE, RETURN, VERIFY)) {
                    if (!flowing.contains(id)) {
                        resume(id);
                    }
                }

                // Then
                await().atMost(LIMIT).untilAsserted(this::complete);
            }
            looks.assertAllowed(SEED);
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(8)) {
            case 0 -> kill();
            case 1, 2 -> turn(SHARE);
            case 3, 4 -> turn(RETURN);
            case 5 -> turn(VERIFY);
            default -> changes();
        }
    }

    private void kill() throws Exception {
        changes();
        exchange.kill();
        exchange.again();
    }

    private void turn(String id) throws Exception {
        changes();
        if (flowing.remove(id)) {
            exchange.tongdao("grant", "suspend", id, "--by", "test", "--reason", "an order");
            looks.cut(id, Instant.now());
            changes();
        } else {
            resume(id);
        }
    }

    private void resume(String id) throws Exception {
        looks.resumed(id, Instant.now());
        exchange.tongdao("grant", "resume", id, "--by", "test", "--reason", "an order");
        flowing.add(id);
        changes();
    }

    /** Some people move house, some change their number and whether they are insured; each change says its number in what it writes. */
    private void changes() throws Exception {
        for (int left = 1 + random.nextInt(20); left > 0; left--) {
            String person = people.get(random.nextInt(people.size()));
            int number = looks.committing(Instant.now());
            if (random.nextBoolean()) {
                exchange.moved(person, random.nextBoolean() ? "530102" : "530103", number);
            } else {
                exchange.enrolled(person, random.nextInt(3) == 0 ? "2" : "1", number);
            }
        }
    }

    /** Whether all have what their grant allows, and that is what the golden records say. */
    private void complete() {
        assertThat(exchange.rows("authority", "select hukou_address, residence_address from base.population").stream()
                        .map(row -> row.path("hukou_address").asText())
                        .sorted()
                        .toList())
                .as("golden records, seed %d", SEED)
                .isEqualTo(exchange.addresses());
        List<String> home = sorted(
                exchange.rows(
                        "authority", "select hukou_address as v from base.population where hukou_division = '530102'"),
                "v");
        assertThat(sorted(exchange.rows("kunming-wuhua", Watch.RETURN_TABLE), "hukou_address"))
                .as("the returned table, seed %d", SEED)
                .isEqualTo(home);
        assertThat(exchange.county().stream().map(List::getLast).sorted().toList())
                .as("the county's database, seed %d", SEED)
                .isEqualTo(home);
        List<String> insured = sorted(
                exchange.rows(
                        "authority",
                        "select substr(mobile, 1, 3) || '****' || substr(mobile, 8) as v from base.population where enrol_status = '1'"),
                "v");
        assertThat(sorted(exchange.rows("yb", Watch.SHARE_TABLE), "mobile"))
                .as("the shared table, seed %d", SEED)
                .isEqualTo(insured);
    }

    private static List<String> sorted(List<JsonNode> rows, String item) {
        return rows.stream().map(row -> row.path(item).asText()).sorted().toList();
    }
}
