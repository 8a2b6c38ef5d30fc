package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever reads, and however, sees nothing that no grant allowed at that time: a seeded history of changes, suspensions, resumptions and
 * restarts, with consumers that read uncommitted records too, or have their fetches held. {@code -Ddisclosure.steps=400} for a long one.
 */
class DisclosureIT {
    private static final long SEED = Long.getLong("disclosure.seed", 20261130);
    private static final int STEPS = Integer.getInteger("disclosure.steps", 20);
    private static final int PEOPLE = 40;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Of an answer that the broker gave before. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

    private static final String SHARE = "yb-enrolment";
    private static final String RETURN = "wuhua-return";
    private static final Pattern MARK = Pattern.compile("([EPHT])(\\d{3})V(\\d{5})");

    private final Random random = new Random(SEED);
    private final List<List<@Nullable Version>> people = new ArrayList<>();
    private final Map<String, Instant> cuts = new TreeMap<>();
    private final List<Tap> taps = new ArrayList<>();
    private final Set<String> flowing = new TreeSet<>(Set.of(SHARE, RETURN));

    /** What a golden record says; each of its texts names the person and the version. */
    private record Version(boolean insured, boolean wuhua) {}

    @Test
    void nobodySeesWhatNoGrantAllows(@TempDir Path dir) throws Exception {
        try (ReleaseRoom room = new ReleaseRoom(dir.resolve("data"))) {
            // Given
            for (int person = 0; person < PEOPLE; person++) {
                people.add(new ArrayList<>());
                change(room, person);
            }
            await().atMost(LIMIT).until(room::settled);
            for (String id : flowing) {
                room.approved(id);
                begun(room, id);
            }

            // When
            for (int step = 0; step < STEPS; step++) {
                step(room);
            }
            for (String id : Set.of(SHARE, RETURN)) {
                if (!flowing.contains(id)) {
                    resume(room, id);
                }
            }
            await().atMost(LIMIT).until(room::settled);

            // Then
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(standing(room, SHARE)).as("seed %d", SEED).isEqualTo(expected('E', Version::insured));
                assertThat(standing(room, RETURN)).as("seed %d", SEED).isEqualTo(expected('P', Version::wuhua));
            });
            for (Tap tap : taps) {
                tap.close();
            }
            List<Tap.Seen> all =
                    taps.stream().flatMap(tap -> tap.seen().stream()).toList();
            assertThat(all).hasSizeGreaterThan(PEOPLE);
            assertThat(cuts).as("seed %d", SEED).isNotEmpty();
            all.forEach(this::allowed);
            assertThat(room.failures).isEmpty();
        }
    }

    private void step(ReleaseRoom room) {
        switch (random.nextInt(12)) {
            case 0, 1 -> turn(room, SHARE);
            case 2 -> turn(room, RETURN);
            case 3 -> {
                room.stopStage();
                changes(room);
                room.startStage();
            }
            case 4 -> {
                room.stopProvisioner();
                changes(room);
                room.startProvisioner();
            }
            default -> changes(room);
        }
    }

    private void changes(ReleaseRoom room) {
        for (int left = 1 + random.nextInt(30); left > 0; left--) {
            change(room, random.nextInt(PEOPLE));
        }
    }

    private void change(ReleaseRoom room, int person) {
        List<@Nullable Version> versions = people.get(person);
        boolean gone = !versions.isEmpty() && random.nextInt(8) == 0;
        Version next = gone ? null : new Version(random.nextInt(3) != 0, random.nextBoolean());
        versions.add(next);
        room.person(ReleaseRoom.id(person), next == null ? null : items(person, versions.size() - 1, next));
    }

    private static Map<String, Object> items(int person, int version, Version said) {
        String mark = "%03dV%05d".formatted(person, version);
        Map<String, Object> items = new HashMap<>();
        items.put("full_name", "赵P" + mark);
        items.put("hukou_address", "H" + mark);
        items.put("ethnicity_code", "T" + mark);
        items.put("employer_uscc", "E" + mark);
        items.put("enrol_status", said.insured ? "1" : "2");
        items.put("hukou_division", said.wuhua ? "530102" : "530103");
        items.put("mobile", mobile(person, version));
        return items;
    }

    private static String mobile(int person, int version) {
        return "139%04d%04d".formatted(version % 10_000, person);
    }

    private void turn(ReleaseRoom room, String id) {
        if (flowing.remove(id)) {
            String topic = grant(room, id).topic();
            room.desk.suspend(id, "test", "an order");
            changes(room);
            assertThat(room.desk.awaitCut(id, LIMIT))
                    .as("%s is cut, seed %d", id, SEED)
                    .isTrue();
            cuts.put(topic, Instant.now());
            changes(room);
        } else {
            resume(room, id);
        }
    }

    private void resume(ReleaseRoom room, String id) {
        room.desk.resume(id, "test");
        changes(room);
        flowing.add(id);
        begun(room, id);
    }

    private void begun(ReleaseRoom room, String id) {
        assertThat(room.desk.awaitFlow(id, LIMIT))
                .as("%s flows, seed %d", id, SEED)
                .isTrue();
        Grant grant = grant(room, id);
        int number = taps.size();
        taps.add(Tap.open(room, grant.principal(), grant.topic(), Map.of()));
        taps.add(Tap.open(
                room,
                grant.principal(),
                grant.topic(),
                Map.of("isolation.level", "read_uncommitted", "group.id", grant.principal() + "." + number)));
        taps.add(Tap.open(
                room,
                grant.principal(),
                grant.topic(),
                Map.of(
                        "fetch.max.wait.ms",
                        60_000,
                        "fetch.min.bytes",
                        50 << 20,
                        "fetch.max.bytes",
                        100 << 20,
                        "max.partition.fetch.bytes",
                        100 << 20,
                        "request.timeout.ms",
                        90_000,
                        "default.api.timeout.ms",
                        100_000,
                        "group.id",
                        grant.principal() + ".held" + number)));
    }

    private static Grant grant(ReleaseRoom room, String id) {
        return room.desk.list().get(id);
    }

    /** Holds a record against the grant of its topic, and against what its subject ever said. */
    private void allowed(Tap.Seen seen) {
        boolean share = seen.topic().startsWith("share.");
        Instant cut = cuts.get(seen.topic());
        assertThat(cut == null || seen.at().isBefore(cut.plus(ON_ITS_WAY)))
                .as("a record of %s after it was cut, seed %d", seen.topic(), SEED)
                .isTrue();
        String key = new String(seen.key(), StandardCharsets.UTF_8);
        assertThat(share && key.contains("5301021990"))
                .as("an identifier as a key")
                .isFalse();
        if (seen.value() == null) {
            return;
        }
        String text = new String(seen.value(), StandardCharsets.UTF_8);
        Matcher marks = MARK.matcher(text);
        Set<String> kinds = new TreeSet<>();
        while (marks.find()) {
            kinds.add(marks.group(1));
            int person = Integer.parseInt(marks.group(2));
            int version = Integer.parseInt(marks.group(3));
            Version said = people.get(person).get(version);
            assertThat(said).as("a version that was deleted").isNotNull();
            assertThat(share ? said.insured : said.wuhua)
                    .as("a row outside the filter of %s, seed %d", seen.topic(), SEED)
                    .isTrue();
            assertThat(text.contains(mobile(person, version)))
                    .as("a mobile number in clear")
                    .isFalse();
        }
        assertThat(kinds).as("items of %s", seen.topic()).isEqualTo(share ? Set.of("E") : Set.of("P", "H"));
    }

    /** The marks of what stands on the topic of a grant's present epoch. */
    private static Set<String> standing(ReleaseRoom room, String id) {
        Map<String, String> copy = new TreeMap<>();
        Grant grant = grant(room, id);
        try (var consumer = room.consumer(grant.principal(), Map.of("group.id", grant.principal() + ".all"))) {
            var partition = new org.apache.kafka.common.TopicPartition(grant.topic(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    if (record.value() == null) {
                        copy.remove(key);
                    } else if (!SubjectKey.isMarker(record.key())) {
                        copy.put(key, first(new String(record.value(), StandardCharsets.UTF_8)));
                    }
                });
            }
        }
        return new TreeSet<>(copy.values());
    }

    private static String first(String text) {
        Matcher marks = Pattern.compile("[EP]\\d{3}V\\d{5}").matcher(text);
        return marks.find() ? marks.group() : "";
    }

    private Set<String> expected(char kind, java.util.function.Predicate<Version> released) {
        Set<String> expected = new TreeSet<>();
        for (int person = 0; person < PEOPLE; person++) {
            List<@Nullable Version> versions = people.get(person);
            Version last = versions.getLast();
            if (last != null && released.test(last)) {
                expected.add("%s%03dV%05d".formatted(kind, person, versions.size() - 1));
            }
        }
        return expected;
    }
}
