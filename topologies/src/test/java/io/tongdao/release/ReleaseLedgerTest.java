package io.tongdao.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.release.mask.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseLedgerTest {
    private static final Path CASES = Path.of("src/test/resources/release/token-grants");
    private static final long NOON = 1_796_097_600_000L;
    private static final int TASK = 17;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final WireFormat format = new WireFormat(registry);
    private final Plan plan = SmallProvince.plan();
    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("ledger").get();
    private final List<GenericRecord> pages = new ArrayList<>();
    private final List<GenericRecord> windows = new ArrayList<>();
    private final List<Integer> partitions = new ArrayList<>();
    private ReleaseRun names;
    private ReleaseRun years;

    @BeforeEach
    void grants() throws Exception {
        register(ReleaseLedger.SUBJECTS);
        register(ReleaseLedger.WINDOWS);
        names = run(grant("yb-names"));
        years = run(grant("tax-names"));
    }

    @Test
    void addsUpWhateverTheTimesAndKills() {
        for (long seed = 1; seed <= 40; seed++) {
            // Given
            pages.clear();
            windows.clear();
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, Long> expected = new HashMap<>();
            Ledger ledger = ledger();
            long now = NOON;
            // When
            for (int step = 0; step < 300; step++) {
                now += random.nextInt(10) == 0 ? random.nextInt(90_000) : random.nextInt(300);
                for (int n = random.nextInt(random.nextInt(20) == 0 ? 400 : 3); n > 0; n--) {
                    byte[] key = key(random.nextInt(40));
                    boolean gone = random.nextInt(5) == 0;
                    for (ReleaseRun run : random.nextBoolean() ? List.of(names) : List.of(names, years)) {
                        ledger.note(run, key, gone, now);
                        String token = run.subject(LedgerKey.tokens(ReleaseCase.KEYS), key);
                        expected.merge(run.grant().id() + gone, 1L, Long::sum);
                        expected.merge(run.grant().id() + token + gone, 1L, Long::sum);
                    }
                }
                ledger.keep();
                if (random.nextInt(3) == 0) {
                    ledger.tick(now);
                    ledger.keep();
                }
                if (random.nextInt(10) == 0) {
                    ledger = ledger();
                }
            }
            now += LedgerWindows.MINUTE;
            ledger.tick(now);
            // Then
            assertThat(bySubject()).as("seed %d", seed).isEqualTo(expected);
            Map<String, Long> byGrant = new HashMap<>(expected);
            byGrant.keySet().removeIf(key -> key.contains("t1:"));
            assertThat(byWindow()).as("seed %d", seed).isEqualTo(byGrant);
            try (var left = store.all()) {
                assertThat(left.hasNext()).as("seed %d", seed).isFalse();
            }
        }
    }

    @Test
    void saysOfEachSubjectWhenItWasFirstAndLast() {
        // Given
        Ledger ledger = ledger();
        // When
        ledger.note(names, key(1), false, NOON);
        ledger.note(names, key(2), false, NOON + 10);
        ledger.note(names, key(1), true, NOON + 30);
        ledger.keep();
        ledger.tick(NOON + 999);
        assertThat(pages).isEmpty();
        ledger.tick(NOON + 1_000);
        // Then
        GenericRecord page = pages.getFirst();
        assertThat(page.get(ReleaseLedger.GRANT)).isEqualTo("yb-names");
        assertThat(page.get(ReleaseLedger.EPOCH)).isEqualTo(1);
        assertThat(page.get(ReleaseLedger.CONSUMER)).isEqualTo("yb");
        assertThat(page.get(ReleaseLedger.PURPOSE)).isEqualTo("medical_insurance");
        assertThat(page.get(ReleaseLedger.ITEMS))
                .isEqualTo("citizen_id:token,full_name:surname,gender_code:keep,photo_digest:drop");
        List<?> subjects = (List<?>) page.get(ReleaseLedger.SUBJECTS_OF);
        GenericRecord one = (GenericRecord) subjects.getFirst();
        assertThat(one.get(ReleaseLedger.FIRST)).isEqualTo(NOON);
        assertThat(one.get(ReleaseLedger.LAST)).isEqualTo(NOON + 30);
        assertThat(one.get(ReleaseLedger.RECORDS)).isEqualTo(1L);
        assertThat(one.get(ReleaseLedger.TOMBSTONES)).isEqualTo(1L);
        assertThat(subjects).hasSize(2);
        assertThat(partitions).containsOnly(TASK % ReleaseLedger.PARTITIONS);
    }

    @Test
    void countsEachMinuteForItself() {
        // Given
        Ledger ledger = ledger();
        // When
        ledger.note(names, key(1), false, NOON + 59_999);
        ledger.note(names, key(1), false, NOON + 60_000);
        ledger.keep();
        ledger.tick(NOON + 119_999);
        ledger.tick(NOON + 120_000);
        // Then
        assertThat(windows)
                .extracting(window -> window.get(ReleaseLedger.WINDOW_START))
                .containsExactly(NOON, NOON + 60_000);
        assertThat(windows)
                .extracting(window -> window.get(ReleaseLedger.WINDOW_END))
                .containsExactly(NOON + 60_000, NOON + 120_000);
        assertThat(windows)
                .extracting(window -> window.get(ReleaseLedger.RECORDS))
                .containsExactly(1L, 1L);
    }

    @Test
    void holdsNoIdentifier() {
        // Given
        Ledger ledger = ledger();
        // When
        ledger.note(names, key(7), false, NOON);
        ledger.keep();
        byte[] state = store.get(Bytes.wrap("page".getBytes(UTF_8)));
        ledger.tick(NOON + 60_000);
        // Then
        assertThat(new String(state, UTF_8)).contains("yb-names").doesNotContain(new String(key(7), UTF_8));
        assertThat(pages.toString()).doesNotContain(new String(key(7), UTF_8));
    }

    @Test
    void refusesStateOfANewerFormat() {
        // Given
        store.put(Bytes.wrap("page".getBytes(UTF_8)), new byte[] {2});
        // When, Then
        assertThatThrownBy(this::ledger).hasMessageContaining("has format 2, this version reads 1");
    }

    private Map<String, Long> bySubject() {
        Map<String, Long> sums = new HashMap<>();
        for (GenericRecord page : pages) {
            for (Object each : (List<?>) page.get(ReleaseLedger.SUBJECTS_OF)) {
                GenericRecord one = (GenericRecord) each;
                count(sums, page, "", one);
                count(sums, page, one.get(ReleaseLedger.SUBJECT).toString(), one);
            }
        }
        return sums;
    }

    private Map<String, Long> byWindow() {
        Map<String, Long> sums = new HashMap<>();
        windows.forEach(window -> count(sums, window, "", window));
        return sums;
    }

    private static void count(Map<String, Long> sums, GenericRecord entry, String subject, GenericRecord counts) {
        String key = entry.get(ReleaseLedger.GRANT) + subject;
        long records = (Long) counts.get(ReleaseLedger.RECORDS);
        long tombstones = (Long) counts.get(ReleaseLedger.TOMBSTONES);
        if (records > 0) {
            sums.merge(key + false, records, Long::sum);
        }
        if (tombstones > 0) {
            sums.merge(key + true, tombstones, Long::sum);
        }
    }

    /** As a task begins, or begins again on its state. */
    private Ledger ledger() {
        return new Ledger(store, LedgerKey.tokens(ReleaseCase.KEYS), format, TASK, (to, value) -> {
            if (to.topic().equals(ReleaseLedger.SUBJECTS.name())) {
                pages.add(format.reader(ReleaseLedger.SUBJECTS.schema()).decode(value));
                partitions.add(to.partition());
            } else {
                windows.add(format.reader(ReleaseLedger.WINDOWS.schema()).decode(value));
            }
        });
    }

    private ReleaseRun run(Grant grant) throws Exception {
        register(GrantPlan.compile(plan, grant).topic());
        TokenKey key = new TokenKey(grant.consumer(), grant.purpose(), 1);
        return new ReleaseRun(plan, grant, format, new Tokens(ReleaseCase.KEYS.hmac(key), 1), null);
    }

    private static Grant grant(String id) throws Exception {
        return ReleaseCase.grant(Files.readString(CASES.resolve("grant-" + id + ".json")));
    }

    private void register(Topic topic) throws Exception {
        registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
    }

    private static byte[] key(int n) {
        return "5301021990%08d".formatted(n).getBytes(UTF_8);
    }
}
