package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tongdao.ops.OneExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a grant's tables, its files, its receiver's database and the HTTP API show while the process that runs the exchange is killed, people move, and
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
    private static final String FILE = "yb-files";
    private static final List<String> GRANTS = List.of(SHARE, RETURN, VERIFY, FILE);

    private final Random random = new Random(SEED);
    private final Looks looks = new Looks();
    private final TreeSet<String> flowing = new TreeSet<>();
    private KilledExchange exchange;
    private List<String> people = List.of();

    @Test
    void nothingShowsWhatNoGrantAllows(@TempDir Path dir) throws Exception {
        Path grants = grants(dir.resolve("grants"));
        try (KilledExchange running = KilledExchange.start(dir.resolve("data"), catalogue(dir), 300)) {
            // Given
            exchange = running;
            people = exchange.people();
            String token = exchange.tongdao(
                            "token", "issue", "--role", "consumer", "--agency", "yb", "--person", "王敏", "--by", "运维")
                    .strip();
            for (String id : GRANTS) {
                exchange.approved(grants.resolve(id + ".yaml"));
                flowing.add(id);
            }
            try (Watch watch = new Watch(exchange, looks, people.getFirst(), token)) {
                watch.awaitAll(LIMIT);

                // When
                kill();
                for (int step = 0; step < STEPS; step++) {
                    step();
                }
                for (String id : GRANTS) {
                    if (!flowing.contains(id)) {
                        resume(id);
                    }
                }

                // Then
                await().atMost(LIMIT).untilAsserted(() -> complete(watch));
            }
            looks.assertAllowed(SEED);
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(9)) {
            case 0 -> kill();
            case 1, 2 -> turn(SHARE);
            case 3, 4 -> turn(RETURN);
            case 5 -> turn(VERIFY);
            case 6 -> turn(FILE);
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
    private void complete(Watch watch) {
        assertThat(exchange.rows("authority", "select hukou_address from base.population").stream()
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
        assertThat(sorted(watch.newest(), "mobile"))
                .as("the newest file, seed %d", SEED)
                .isEqualTo(insured);
    }

    /** The catalogue whose providers share by file too. */
    private static Path catalogue(Path dir) throws IOException {
        Path catalogue = dir.resolve("catalogue");
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        for (String dataset :
                List.of("ga/household_population", "hrss/social_insurance_enrolment", "mz/marriage_registration")) {
            CatalogueCopies.edit(
                    catalogue.resolve("datasets/" + dataset + ".yaml"),
                    text -> text.replace("database, verify]", "database, file, verify]"));
        }
        return catalogue;
    }

    /** The sample's grants, and one that delivers what the first shares as files. */
    private static Path grants(Path dir) throws IOException {
        CatalogueCopies.copy(Path.of("../ops/catalogue/grants"), dir);
        String files = Files.readString(dir.resolve(SHARE + ".yaml"))
                .replace("grant: " + SHARE, "grant: " + FILE)
                .replace(
                        "delivery: [topic, table]",
                        "delivery: [file]\nfiles: {every: demand, format: jsonl, sealed: false, keep: P3D}");
        Files.writeString(dir.resolve(FILE + ".yaml"), files);
        return dir;
    }

    private static List<String> sorted(List<JsonNode> rows, String item) {
        return rows.stream().map(row -> row.path(item).asText()).sorted().toList();
    }
}
