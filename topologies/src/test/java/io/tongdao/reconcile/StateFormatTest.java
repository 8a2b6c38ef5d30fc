package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.dispute.Ruling.Decision;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Conflict;
import io.tongdao.reconcile.rule.Docket.Past;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.reconcile.rule.Held.RowPos;
import io.tongdao.reconcile.rule.OpenConflict;
import io.tongdao.reconcile.rule.OpenConflict.Mark;
import io.tongdao.reconcile.rule.Order;
import io.tongdao.reconcile.rule.Rank;
import io.tongdao.reconcile.rule.RowId;
import io.tongdao.reconcile.rule.Speakers;
import io.tongdao.reconcile.rule.Withdrawn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateFormatTest {
    private static final ClaimKey KEY = new ClaimKey("hrss.insured", "S1:养老");
    private static final HeldFormat FORMAT = new HeldFormat(new StateNames(List.of(
            "hrss.insured",
            "ga.people",
            "zwfw.case",
            "population",
            "text",
            "day",
            "micros",
            "yes",
            "no",
            "money",
            "taken back",
            "a")));
    private static final RowPos OWNER = new RowPos(new RowId(1, -2), new Pos(1, 2, 3, 4));
    private static final RowPos FORMER = new RowPos(RowId.NONE, new Pos(0, -1, 9, 0));

    @Test
    void whatIsHeldReadsBack() {
        // Given
        Map<String, Object> items = Map.of(
                "text",
                "买买提·艾力".repeat(20),
                "day",
                -7370,
                "micros",
                Long.MIN_VALUE,
                "yes",
                true,
                "no",
                false,
                "money",
                new BigDecimal("-8000.50"),
                "taken back",
                Withdrawn.VALUE);
        Claim claim = new Claim(
                "hrss.insured", "S1:养老", new Pos(1, 1, 1, 0), Instant.EPOCH, "202602", items, Set.of("9153", "5301"));
        Held claimed = new Held(OWNER, claim, 7, List.of(FORMER));
        Held deleted = new Held(OWNER, null, 8, List.of());

        // When
        byte[] one = FORMAT.encode(claimed);
        byte[] two = FORMAT.encode(deleted);

        // Then
        assertThat(FORMAT.decode(KEY, one)).isEqualTo(claimed);
        assertThat(FORMAT.decode(KEY, two)).isEqualTo(deleted);
        assertThat(HeldFormat.deletedAt(one)).isNull();
        assertThat(HeldFormat.deletedAt(two)).isEqualTo(8);
    }

    @Test
    void aGoldenRecordsStateReadsBack() {
        // Given
        Conflict conflict = new Conflict(
                "full_name", "ga.people", List.of("hrss.insured", "mz.marriages"), List.of("hrss", "mz"), "0f", "1e");
        OpenConflict open =
                new OpenConflict(conflict, Instant.EPOCH, 77, Instant.EPOCH.minusMillis(5), 3, Mark.OBJECTED);
        Past past = new Past("full_name", "ab", Instant.EPOCH, 1);
        Order order = new Order("o1", Decision.SOURCE_WRONG, "0f", "1e", "hrss.insured", "o1");
        GoldenState there =
                new GoldenState(new Ver(1, 300), "abc", 9, List.of(open), List.of(past), Map.of("full_name", order));
        GoldenState gone = new GoldenState(new Ver(1, 301), "", 9, List.of(), List.of(), Map.of());

        // When
        byte[] one = there.encode(new StateWriter());
        byte[] two = gone.encode(new StateWriter());

        // Then
        assertThat(GoldenState.decode(one))
                .usingRecursiveComparison()
                .ignoringFields("goneAt")
                .isEqualTo(there);
        assertThat(GoldenState.decode(two)).isEqualTo(gone);
        assertThat(GoldenState.goneAt(one)).isNull();
        assertThat(GoldenState.goneAt(two)).isEqualTo(9);
    }

    @Test
    void aGoldenRecordsStateOfTheFirstFormatReadsOn() {
        // Given
        byte[] first = new StateWriter()
                .begin((byte) 1)
                .number(0)
                .text("abc")
                .number(1)
                .number(300)
                .count(1)
                .text("full_name")
                .text("ga.people")
                .text("0f")
                .count(1)
                .text("hrss.insured")
                .number(5)
                .end();

        // When
        GoldenState read = GoldenState.decode(first);

        // Then
        assertThat(read.ver()).isEqualTo(new Ver(1, 300));
        assertThat(read.open())
                .containsExactly(new OpenConflict(
                        new Conflict("full_name", "ga.people", List.of("hrss.insured"), List.of(), "0f", ""),
                        Instant.ofEpochMilli(5)));
        assertThat(read.orders()).isEmpty();
    }

    @Test
    void theFormatBeforeIsRead() {
        // Given
        byte[] before = HexFormat.of()
                .parseHex(
                        "01010c687273732e696e73757265640953313ae585bbe880818a01040100000000000000070000000000000001ffffffffff"
                                + "fffffe000000010000000000000002000000000000000300000004010000000000000000000000000000000000000000ffff"
                                + "ffffffffffff000000000000000900000000010000000100000000000000010000000000000001000000004c000000000000"
                                + "00000001016153016201043931353300010a706f70756c6174696f6e1f020000000000000000023066000000000000000100"
                                + "000000000000020000000000");
        Claim claim = new Claim(
                "hrss.insured", "S1:养老", new Pos(1, 1, 1, 0), Instant.EPOCH, null, Map.of("a", "b"), Set.of("9153"));

        // When
        SubjectState read = SubjectState.decode(SubjectKind.PERSON, bytes("S"), before, FORMAT);
        // Then
        assertThat(read.held(KEY)).isEqualTo(new Held(OWNER, claim, 7, List.of(FORMER)));
        assertThat(Objects.requireNonNull(read.golden("population")).ver()).isEqualTo(new Ver(1, 2));
    }

    @Test
    void whatTheCatalogueNoLongerNamesStaysUnderItsHash() {
        // Given
        byte[] subject = bytes("S");
        Claim claim = new Claim("hrss.insured", "S1:养老", new Pos(1, 1, 1, 0), null, null, Map.of("a", "b", "day", 1));
        SubjectState state = new SubjectState(SubjectKind.PERSON, subject, FORMAT);
        state.hold(KEY, new Held(OWNER, claim, 7, List.of()));
        HeldFormat fewer = new HeldFormat(new StateNames(List.of("ga.people", "day")));

        // When
        SubjectState read = SubjectState.decode(SubjectKind.PERSON, subject, encoded(state), fewer);
        SubjectState again = SubjectState.decode(SubjectKind.PERSON, subject, encoded(read), FORMAT);
        HeldFormat some = new HeldFormat(new StateNames(List.of("hrss.insured", "day")));
        SubjectState said = SubjectState.decode(SubjectKind.PERSON, subject, encoded(again), some);

        // Then
        assertThat(read.held(KEY)).as("nobody's").isNull();
        assertThat(read.rows()).isOne();
        assertThat(Objects.requireNonNull(again.held(KEY)).claim()).isEqualTo(claim);
        assertThat(Objects.requireNonNull(Objects.requireNonNull(said.held(KEY)).claim())
                        .items())
                .containsOnlyKeys("day");
    }

    @Test
    void numbersOfEveryWidthReadBack() {
        // Given
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            Pos pos = new Pos(
                    random.nextInt(), value, value + (random.nextLong() >> random.nextInt(64)), random.nextInt());
            // When
            StateReader in = new StateReader(
                    new StateWriter().begin((byte) 1).small(value).pos(pos).end(), (byte) 1);
            // Then
            assertThat(in.small()).isEqualTo(value);
            assertThat(in.pos()).isEqualTo(pos);
        }
    }

    @Test
    void aNewerFormatIsRefused() {
        // Given
        byte[] newer = FORMAT.encode(new Held(OWNER, null, 8, List.of()));
        newer[0] = 6;

        // When, then
        assertThatThrownBy(() -> FORMAT.decode(KEY, newer)).hasMessageContaining("newer Tongdao");
    }

    @Test
    void whoSpeaksReadsBack() {
        // Given
        Speakers speakers = new Speakers(Map.of(
                Speakers.ANY,
                new Rank("S1:养老", 20_000),
                "mobile",
                new Rank("S2:医疗", null),
                "day",
                new Rank("S3", "2026")));

        // When
        byte[] stored = FORMAT.encode(speakers);
        // Then
        assertThat(HeldFormat.speakers(stored)).isEqualTo(speakers);
    }

    @Test
    void allOfASubjectReadsBack() {
        // Given
        byte[] subject = bytes("530102199003071238");
        Claim claim = new Claim("hrss.insured", "S1:养老", new Pos(1, 1, 1, 0), null, null, Map.of("a", "b"));
        Held there = new Held(OWNER, claim, 7, List.of());
        Held gone = new Held(OWNER, null, 8, List.of());
        ClaimKey other = new ClaimKey("ga.people", "");
        Speakers speakers = new Speakers(Map.of(Speakers.ANY, new Rank("1", null)));
        GoldenState golden = new GoldenState(new Ver(1, 2), "", 9, List.of(), List.of(), Map.of());
        SubjectState state = new SubjectState(SubjectKind.PERSON, subject, FORMAT);
        state.hold(KEY, there);
        state.hold(other, gone);
        state.apart("zwfw.case", speakers);
        state.golden("population", golden);
        state.reviews(new ReviewState(Map.of(), Map.of(), Set.of("hrss.insured|S1:养老")), new StateWriter());

        // When
        SubjectState read = SubjectState.decode(SubjectKind.PERSON, subject, encoded(state), FORMAT);
        SubjectState again = SubjectState.decode(SubjectKind.PERSON, subject, encoded(read), FORMAT);
        again.forget(9);

        // Then
        assertThat(read.changed()).isFalse();
        assertThat(read.held(KEY)).isEqualTo(there);
        assertThat(read.held(other)).isEqualTo(gone);
        assertThat(read.speakers("zwfw.case")).isEqualTo(speakers);
        assertThat(read.golden("population")).isEqualTo(golden);
        assertThat(read.reviews().apart()).containsExactly("hrss.insured|S1:养老");
        assertThat(read.target()).isEmpty();
        assertThat(again.changed()).isTrue();
        assertThat(again.held(other)).as("deleted before").isNull();
        assertThat(again.held(KEY)).isEqualTo(there);
        assertThat(again.golden("population")).as("gone just then").isEqualTo(golden);
    }

    private static byte[] encoded(SubjectState state) {
        return state.encode(new StateWriter(), new StateWriter());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theKeyOfARowThatLiesApartIsSubjectDatasetRow() {
        // Given
        byte[] key = bytes("530102199003071238|S1:养老");
        byte[] subject = ClaimKey.subject(key);

        // When
        var stored = ClaimKey.of(subject, ClaimKey.of("hrss.insured", key, subject.length));

        // Then
        assertThat(new String(stored.get(), StandardCharsets.UTF_8)).isEqualTo("530102199003071238|hrss.insured|S1:养老");
        assertThat(ClaimKey.parse(stored, ClaimKey.prefix(subject).get().length))
                .isEqualTo(KEY);
        assertThat(ClaimKey.isSubject(stored)).isFalse();
        assertThat(ClaimKey.isSubject(ClaimKey.prefix(subject))).isTrue();
        assertThat(stored)
                .isGreaterThan(ClaimKey.of(subject, new ClaimKey("hrss.insured", "")))
                .isLessThan(ClaimKey.after(subject, "hrss.insured"));
    }
}
