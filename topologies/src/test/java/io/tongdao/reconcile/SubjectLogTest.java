package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.compose.SortedStore;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.SubjectLog.Log;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Held.RowPos;
import io.tongdao.reconcile.rule.RowId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log of subjects tells is what has happened, wherever the rows lie. */
class SubjectLogTest {
    private static final byte[] SUBJECT = "530102199003071238".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "53010219900307123X".getBytes(StandardCharsets.UTF_8);
    private static final StateNames NAMES = new StateNames(List.of("a.one", "b.many", "c.whole", "value"));
    private static final long SEED = 20261130;

    private record Entry(Bytes key, byte @Nullable [] value) {}

    private final List<Entry> entries = new ArrayList<>();
    private final SubjectStore subjects = new SubjectStore(
            SubjectKind.PERSON, new SortedStore((key, value) -> entries.add(new Entry(key, value))), NAMES);
    private long commit;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void everyStepIsToldOnceInOrder(int many) {
        // Given
        ClaimStore claims = new ClaimStore(subjects, Set.of("c.whole"), many);
        Random random = new Random(SEED);
        Map<ClaimKey, String> said = new HashMap<>();
        List<String> steps = new ArrayList<>();

        // When
        for (int i = 0; i < 2000; i++) {
            ClaimKey row = switch (random.nextInt(4)) {
                case 0 -> new ClaimKey("a.one", "");
                case 1 -> new ClaimKey("c.whole", "" + random.nextInt(4));
                default -> new ClaimKey("b.many", "" + random.nextInt(8));
            };
            // now and then all rows of a dataset go, so that few are left of many
            String value = random.nextInt(10) < (i / 200 % 2 == 0 ? 2 : 8) ? null : "" + random.nextInt(3);
            if (random.nextInt(9) == 0) {
                claims.put(OTHER, row, held(row, "theirs", false));
            }
            claims.put(SUBJECT, row, held(row, value, random.nextBoolean()));
            subjects.close();
            String before = said.put(row, value);
            if (!Objects.equals(before, value)) {
                steps.add(row + " " + before + ">" + value);
            }
        }
        SubjectLog log = read(0);
        said.values().removeIf(Objects::isNull);

        // Then
        assertThat(log.steps().stream().map(SubjectLogTest::told)).containsExactlyElementsOf(steps);
        assertThat(steps).hasSizeGreaterThan(500);
        assertThat(claimsOf(log)).isEqualTo(said);
    }

    @Test
    void whereTheLogBeginsWithSeveralRowsHistoryBegins() {
        // Given
        ClaimStore claims = new ClaimStore(subjects, Set.of(), 16);
        for (String row : List.of("1", "2", "3")) {
            ClaimKey key = new ClaimKey("b.many", row);
            claims.put(SUBJECT, key, held(key, "x", false));
            subjects.close();
        }
        ClaimKey key = new ClaimKey("b.many", "2");
        claims.put(SUBJECT, key, held(key, "y", false));
        subjects.close();

        // When
        SubjectLog whole = read(0);
        SubjectLog compacted = read(2);

        // Then
        assertThat(whole.steps()).hasSize(4);
        assertThat(compacted.steps())
                .as("what was compacted away is not told as new")
                .hasSize(1);
        assertThat(claimsOf(compacted)).isEqualTo(claimsOf(whole)).hasSize(3);
    }

    private @Nullable Held held(ClaimKey row, @Nullable String value, boolean remembered) {
        Pos pos = new Pos(1, ++commit, 0, 0);
        if (value == null) {
            return remembered ? new Held(new RowPos(RowId.NONE, pos), null, commit, List.of()) : null;
        }
        Claim claim = new Claim(row.dataset(), row.row(), pos, null, null, Map.of("value", value));
        return new Held(new RowPos(RowId.NONE, pos), claim, commit, List.of());
    }

    private SubjectLog read(int from) {
        SubjectLog log = new SubjectLog(NAMES, SubjectKind.PERSON, new String(SUBJECT, StandardCharsets.UTF_8));
        for (int i = from; i < entries.size(); i++) {
            log.take(Log.SUBJECTS, entries.get(i).key.get(), entries.get(i).value, Instant.ofEpochSecond(i));
        }
        return log;
    }

    /** Row → what it says in the end. */
    private static Map<ClaimKey, String> claimsOf(SubjectLog log) {
        Map<ClaimKey, String> said = new HashMap<>();
        log.claims().values().forEach(rows -> rows.forEach(claim -> said.put(key(claim), value(claim))));
        return said;
    }

    private static String told(SubjectLog.Step step) {
        Claim before = step.before();
        Claim after = step.after();
        Claim any = Objects.requireNonNull(after == null ? before : after);
        return key(any) + " " + (before == null ? null : value(before)) + ">" + (after == null ? null : value(after));
    }

    private static ClaimKey key(Claim claim) {
        return new ClaimKey(claim.dataset(), claim.row());
    }

    private static String value(Claim claim) {
        return (String) claim.items().get("value");
    }
}
