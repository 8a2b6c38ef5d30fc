package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.relational.RelationalChangeRecordEmitter;
import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.SubjectPlan.When;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Pos;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of change becomes: keys, tombstones, rejects, in which order. */
class KeyBySubjectTest {
    private static final byte[] DIGEST_KEY = "sixteen bytes at least".getBytes(StandardCharsets.UTF_8);
    private static final String ONE = "11010519491231002X";
    private static final String TWO = "440524188001010014";
    /** Comes to {@link #ONE}, as may another person's. */
    private static final String OLD = "110105491231002";

    private static final Map<String, String> NOBODY = Map.of("CID", "123", "NAME", "甲");
    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .name("row")
            .field("CID", Schema.OPTIONAL_STRING_SCHEMA)
            .field("NAME", Schema.OPTIONAL_STRING_SCHEMA)
            .field("WIFE", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final Events events = new Events(ROW);

    private static Map<String, String> row(String cid, String name) {
        return Map.of("CID", cid, "NAME", name);
    }

    private static Map<String, String> couple(String husband, String wife) {
        return Map.of("CID", husband, "WIFE", wife, "NAME", "证1");
    }

    private static KeyBySubject people(String... rowKey) {
        return new KeyBySubject(dataset(List.of(Datasets.person("", "cid")), rowKey), 7, DIGEST_KEY, 1);
    }

    private static KeyBySubject marriages() {
        DatasetPlan dataset =
                dataset(List.of(Datasets.person("husband", "cid"), Datasets.person("wife", "wife")), "name");
        return new KeyBySubject(dataset, 7, DIGEST_KEY, 1);
    }

    private static DatasetPlan dataset(List<SubjectPlan> subjects, String... rowKey) {
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("cid", new ItemType.CitizenIdType());
        items.put("name", new ItemType.Text(5_000_000));
        items.put("wife", new ItemType.CitizenIdType());
        return Datasets.of(items, subjects, List.of(rowKey));
    }

    /** The applicant is the person or the organisation, as the type says. */
    private static KeyBySubject cases() {
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put(
                "cid",
                new ItemType.DocumentType(
                        20,
                        new Document(
                                null,
                                "wife",
                                "",
                                Map.of("1", DocumentKind.CITIZEN_ID, "2", DocumentKind.CREDIT_CODE))));
        items.put("name", new ItemType.Text(50));
        items.put("wife", new ItemType.Code("type"));
        List<SubjectPlan> subjects = List.of(
                new SubjectPlan("person", SubjectKind.PERSON, "cid", Map.of(), "", new When("wife", Set.of("1"))),
                new SubjectPlan("body", SubjectKind.ORGANISATION, "cid", Map.of(), "", new When("wife", Set.of("2"))));
        return new KeyBySubject(Datasets.of(items, subjects, List.of("name")), 7, DIGEST_KEY, 1);
    }

    /** Each record as {@code <kind> <key>}: + a value, - a tombstone, ! a reject in force, = a reject at its end. */
    private static List<String> told(List<KeyedRow> rows) {
        return rows.stream()
                .map(r -> r.topic().startsWith("flag")
                        ? r.value() == null
                                ? "="
                                : "!" + Reject.parse((byte[]) r.value()).code()
                        : (r.value() == null ? "-" : "+") + new String(r.key(), StandardCharsets.UTF_8))
                .toList();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("r", null, row(ONE, "甲"), "+" + ONE),
                change("c", null, row(ONE.toLowerCase(java.util.Locale.ROOT), "甲"), "+" + ONE),
                change("u", row(ONE, "甲"), row(ONE, "乙"), "+" + ONE),
                change("d", row(ONE, "甲"), null, "-" + ONE),
                change("u", row(ONE, "甲"), row(TWO, "甲"), "-" + ONE, "+" + TWO),
                change("c", null, row(OLD, "甲"), "+" + ONE + "|1"),
                change("u", row(OLD, "甲"), row(OLD, "乙"), "+" + ONE + "|1"),
                change("u", row(OLD, "甲"), row(ONE, "甲"), "+" + ONE, "-" + ONE + "|1"),
                change("d", row(OLD, "甲"), null, "-" + ONE + "|1"),
                change("u", row(ONE, "甲"), NOBODY, "-" + ONE, "!id.length"),
                change("u", NOBODY, row(ONE, "甲"), "=", "+" + ONE),
                change("u", NOBODY, NOBODY, "!id.length"),
                change("d", NOBODY, null, "="),
                change("c", null, Map.of("NAME", "甲"), "!identifier.missing"),
                change("c", null, row(ONE, "\uFFFD"), "!text.unmappable"),
                change("u", row(ONE, "甲"), row(ONE, ItemReader.UNAVAILABLE), "+" + ONE),
                change("u", row(ONE, ItemReader.UNAVAILABLE), row(ONE, ItemReader.UNAVAILABLE), "!value.unavailable"));
    }

    private static Arguments change(
            String op, @Nullable Map<String, String> before, @Nullable Map<String, String> after, String... told) {
        return Arguments.of(op, before, after, List.of(told));
    }

    @Test
    void twoPeopleSharingA15DigitNumberNeverTakeEachOthersPlace() {
        // Given
        KeyBySubject people = people();
        SourceRecord old = events.event("c", 1, null, row(OLD, "甲"));
        SourceRecord other = events.event("c", 2, null, row(OLD, "乙"));
        SourceRecord holder = events.event("c", 3, null, row(ONE, "丙"));

        // When
        List<String> told = Stream.of(old, other, holder)
                .flatMap(event -> told(people.apply(event)).stream())
                .toList();

        // Then
        assertThat(told).containsExactly("+" + ONE + "|1", "+" + ONE + "|2", "+" + ONE);
    }

    @Test
    void aDeclaredRowKeyTellsRowsApartByItself() {
        // Given
        SourceRecord old = events.event("c", 1, null, row(OLD, "甲"));

        // When
        List<KeyedRow> rows = people("name").apply(old);

        // Then
        assertThat(told(rows)).containsExactly("+" + ONE + "|甲");
    }

    @Test
    void aTypeCodeTellsWhichSubjectARowHas() {
        // Given
        SourceRecord person = events.event("c", 1, null, Map.of("CID", ONE, "WIFE", "1", "NAME", "件1"));
        SourceRecord becomesBody = events.event(
                "u",
                2,
                Map.of("CID", ONE, "WIFE", "1", "NAME", "件1"),
                Map.of("CID", "91350100M000100Y43", "WIFE", "2", "NAME", "件1"));
        SourceRecord nobody = events.event("c", 3, null, Map.of("CID", ONE, "WIFE", "3", "NAME", "件2"));

        // When
        List<List<KeyedRow>> rows = Stream.of(person, becomesBody, nobody)
                .map(event -> cases().apply(event))
                .toList();

        // Then
        assertThat(rows.stream().map(KeyBySubjectTest::told))
                .containsExactly(
                        List.of("+" + ONE + "|person:件1"),
                        List.of("-" + ONE + "|person:件1", "+91350100M000100Y43|body:件1"),
                        List.of("!subject.none"));
        assertThat(((Struct) rows.get(1).get(1).value()).getString(SubjectPlan.ROLE_ITEM))
                .isEqualTo("body");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeBecomes(String op, Map<String, String> before, Map<String, String> after, List<String> expected) {
        // Given
        SourceRecord event = events.event(op, 1, before, after);

        // When
        List<KeyedRow> rows = people().apply(event);

        // Then
        assertThat(told(rows)).isEqualTo(expected);
    }

    @Test
    void aRowThatNoMessageCanHoldIsRejected() {
        // Given
        SourceRecord event = events.event("c", 1, null, row(ONE, "字".repeat(Policy.MAX_MESSAGE_BYTES / 3)));

        // When
        List<KeyedRow> rows = people().apply(event);

        // Then
        assertThat(told(rows)).containsExactly("!row.too-large");
    }

    @Test
    void theValueBeforeStandsInForOneThatWasNotSentAgain() {
        // Given
        SourceRecord event = events.event("u", 1, row(ONE, "甲"), row(ONE, ItemReader.UNAVAILABLE));

        // When
        List<KeyedRow> rows = people().apply(event);

        // Then
        assertThat(((Struct) rows.getFirst().value()).get("name")).isEqualTo("甲");
    }

    @Test
    void aRowAboutTwoPeopleIsARecordForEachAndOnlyTheOneWhoChangedMoves() {
        // Given
        SourceRecord made = events.event("c", 1, null, couple(ONE, TWO));
        SourceRecord changed = events.event("u", 1, couple(ONE, TWO), couple(ONE, ONE));

        // When
        KeyBySubject marriages = marriages();
        List<KeyedRow> first = marriages.apply(made);
        List<KeyedRow> second = marriages.apply(changed);

        // Then
        assertThat(told(first)).containsExactly("+" + ONE + "|husband:证1", "+" + TWO + "|wife:证1");
        assertThat(first)
                .extracting(r -> ((Struct) r.value()).get("subject_role"))
                .containsExactly("husband", "wife");
        assertThat(told(second))
                .containsExactly("-" + TWO + "|wife:证1", "+" + ONE + "|husband:证1", "+" + ONE + "|wife:证1");
    }

    @Test
    void positionsGrowWithinAnEventAndASnapshotSortsFirst() {
        // Given
        SourceRecord read = events.event("r", 1, null, row(ONE, "甲"));
        SourceRecord first =
                events.event("u", 1, row(ONE, "甲"), row(TWO, "甲"), "[null,\"1001\"]", new ConnectHeaders());
        SourceRecord next = events.event("u", 1, row(TWO, "甲"), row(ONE, "甲"));

        // When
        KeyBySubject people = people();
        List<Pos> positions = Stream.of(read, first, next)
                .flatMap(e -> people.apply(e).stream())
                .map(KeyedRow::pos)
                .toList();

        // Then
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        assertThat(positions.get(0)).isEqualTo(new Pos(7, 0, 0, 0));
        assertThat(positions.get(1)).isEqualTo(new Pos(7, 1, 1001, 0));
        assertThat(positions.get(3)).isEqualTo(new Pos(7, 900, 1002, 0));
    }

    @Test
    void aChangedPrimaryKeyEndsTheOldRowBeforeTheNewOneStarts() {
        // Given
        ConnectHeaders moved = new ConnectHeaders();
        moved.addString(RelationalChangeRecordEmitter.PK_UPDATE_OLDKEY_FIELD, "1");
        SourceRecord deleted = events.event("d", 1, row(ONE, "甲"), null, "[\"900\",\"1\"]", new ConnectHeaders());
        SourceRecord inserted = events.event("c", 2, null, row(ONE, "甲"), "[\"900\",\"1\"]", moved);
        ((Struct) ((Struct) inserted.value()).get("source")).put("lsn", 1000L);

        // When
        KeyBySubject people = people();
        KeyedRow end = people.apply(deleted).getFirst();
        KeyedRow start = people.apply(inserted).getFirst();

        // Then
        assertThat(start.pos()).isGreaterThan(end.pos());
        assertThat(start.row()).isNotEqualTo(end.row()).hasSize(RowDigest.WIDTH);
    }

    @Test
    void aSnapshotRowHasNoTimeAndAChangeTheSourcesOwn() {
        // Given
        KeyBySubject people = people();

        // When
        KeyedRow read = people.apply(events.event("r", 1, null, row(ONE, "甲"))).getFirst();
        KeyedRow gone = people.apply(events.event("d", 1, row(ONE, "甲"), null)).getFirst();

        // Then
        assertThat(read.at()).isNull();
        assertThat(gone.at()).hasToString("2026-09-21T14:13:20Z");
        assertThat(gone.record(Map.of(), Map.of()).headers())
                .extracting(h -> h.key())
                .containsExactly("pos", "at", "op", "dataset", "row");
    }

    @Test
    void aRejectNamesItemAndPlaceAndNothingOfTheRow() {
        // Given
        SourceRecord event = events.event("c", 1, null, Map.of("CID", ONE, "WIFE", "530102190001010001", "NAME", "标记"));

        // When
        KeyedRow row = people().apply(event).getFirst();

        // Then
        String text = new String((byte[]) row.value(), StandardCharsets.UTF_8);
        assertThat(Reject.parse((byte[]) row.value()))
                .extracting(Reject::dataset, Reject::item, Reject::op)
                .containsExactly("ga.person", "wife", "c");
        assertThat(text).doesNotContain("标记", ONE, "530102190001010001");
        assertThat(row.toString()).doesNotContain(ONE);
    }

    @Test
    void zeroDatesOfTheSourceAreAskedForOnlyWhereADateIsMissing() {
        // Given
        Schema dated = SchemaBuilder.struct()
                .optional()
                .name("dated")
                .field("CID", Schema.OPTIONAL_STRING_SCHEMA)
                .field("BORN", io.debezium.time.Date.builder().optional().build())
                .build();
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("cid", new ItemType.CitizenIdType());
        items.put("born", new ItemType.Date());
        DatasetPlan dataset = Datasets.of(items, List.of(Datasets.person("", "cid")), List.of());
        Events made = new Events(dated);
        KeyBySubject people = new KeyBySubject(
                dataset, 1, DIGEST_KEY, 1, (d, column, key) -> key.getInt64("pk") == 2L, null, null, null);

        // When
        List<KeyedRow> known = people.apply(made.event("c", 2, null, Map.of("CID", ONE, "BORN", 6000)));
        List<KeyedRow> missing = people.apply(made.event("c", 1, null, Map.of("CID", ONE)));
        List<KeyedRow> zero = people.apply(made.event("c", 2, null, Map.of("CID", ONE)));
        List<KeyedRow> healed = people.apply(made.event("u", 2, Map.of("CID", ONE), Map.of("CID", ONE, "BORN", 6000)));

        // Then
        assertThat(told(known)).containsExactly("+" + ONE);
        assertThat(told(missing)).containsExactly("+" + ONE);
        assertThat(told(zero)).containsExactly("!date.zero-or-infinite");
        assertThat(told(healed)).containsExactly("=", "+" + ONE);
    }

    @Test
    void whatCannotBeReadWithoutLossStops() {
        // Given
        KeyBySubject people = people();

        // When
        var noImage = assertThatThrownBy(() -> people.apply(events.event("u", 1, null, row(ONE, "甲"))));
        var truncated = assertThatThrownBy(() -> people.apply(events.event("t", 1, null, null)));

        // Then
        noImage.isInstanceOf(CollectException.class).hasMessageContaining("REPLICA IDENTITY FULL");
        truncated.isInstanceOf(ResnapshotException.class);
    }

    @Test
    void aRejectedRowThatIsFetchedAgainEndsItsRejectAboveItsPosition() {
        // Given
        SourceRecord wrong = events.event("u", 1, row(ONE, "甲"), NOBODY);
        List<KeyedRow> rejected = people().apply(wrong);
        Reject reject = Reject.parse((byte[]) rejected.getLast().value());
        KeyBySubject people = retrying(Map.of(reject.row(), reject.pos()));

        // When
        List<KeyedRow> other = people.apply(events.event("r", 2, null, row(TWO, "乙")));
        List<KeyedRow> fetched = people.apply(events.event("r", 1, null, row(ONE, "甲")));
        List<KeyedRow> twice = people.apply(events.event("r", 1, null, row(ONE, "甲")));
        List<KeyedRow> later = people.apply(events.event("u", 1, row(ONE, "甲"), row(ONE, "丙")));

        // Then
        assertThat(told(rejected)).containsExactly("-" + ONE, "!id.length");
        assertThat(told(fetched)).containsExactly("=", "+" + ONE);
        assertThat(other).isEmpty();
        assertThat(twice).isEmpty();
        assertThat(told(later)).containsExactly("+" + ONE);
        assertThat(fetched.getLast().pos())
                .isGreaterThan(rejected.getLast().pos())
                .isLessThan(later.getFirst().pos());
    }

    @Test
    void aRowThatIsStillWrongIsRejectedAnew() {
        // Given
        Reject reject = Reject.parse((byte[])
                people().apply(events.event("c", 1, null, NOBODY)).getLast().value());
        KeyBySubject people = retrying(Map.of(reject.row(), reject.pos()));

        // When
        List<KeyedRow> fetched = people.apply(events.event("r", 1, null, NOBODY));

        // Then
        assertThat(told(fetched)).containsExactly("!id.length");
        assertThat(Reject.parse((byte[]) fetched.getFirst().value()).pos()).isNotEqualTo(reject.pos());
    }

    @Test
    void aRowThatChangedMeanwhileIsNotFetchedAndOneThatIsGoneEndsItsReject() {
        // Given
        Reject changed = Reject.parse((byte[])
                people().apply(events.event("c", 1, null, NOBODY)).getLast().value());
        Reject gone = Reject.parse((byte[])
                people().apply(events.event("c", 2, null, NOBODY)).getLast().value());
        KeyBySubject people = retrying(Map.of(changed.row(), changed.pos(), gone.row(), gone.pos()));

        // When
        List<KeyedRow> change = people.apply(events.event("u", 1, NOBODY, row(ONE, "甲")));
        List<KeyedRow> fetched = people.apply(events.event("r", 1, null, NOBODY));
        List<KeyedRow> ends = people.readWhole();

        // Then
        assertThat(told(change)).containsExactly("=", "+" + ONE);
        assertThat(fetched).isEmpty();
        assertThat(told(ends)).containsExactly("=");
        assertThat(new String(ends.getFirst().key(), StandardCharsets.UTF_8)).endsWith(gone.row());
    }

    private static KeyBySubject retrying(Map<String, String> rows) {
        DatasetPlan dataset = dataset(List.of(Datasets.person("", "cid")));
        return new KeyBySubject(dataset, 7, DIGEST_KEY, 1, DateDoubt.NONE, null, null, new Retries(rows));
    }

    private static KeyBySubject watched(Schema firstSeen) {
        DatasetPlan dataset = dataset(List.of(Datasets.person("", "cid")));
        ShapeWatch watch = new ShapeWatch(dataset, null);
        watch.see(TableShape.of(firstSeen, List.of("pk")));
        return new KeyBySubject(dataset, 7, DIGEST_KEY, 1, DateDoubt.NONE, watch, null, null);
    }

    @Test
    void aTableWithoutAColumnOfTheCatalogueHoldsItsRowsAndKeepsWhatIsKnown() {
        // Given
        KeyBySubject people = watched(ROW);
        Events dropped = new Events(SchemaBuilder.struct()
                .optional()
                .name("row")
                .field("CID", Schema.OPTIONAL_STRING_SCHEMA)
                .field("WIFE", Schema.OPTIONAL_STRING_SCHEMA)
                .build());

        // When
        List<KeyedRow> changed = people.apply(dropped.event("u", 1, Map.of("CID", ONE), Map.of("CID", ONE)));
        List<KeyedRow> moved = people.apply(dropped.event("u", 2, Map.of("CID", ONE), Map.of("CID", TWO)));
        List<KeyedRow> gone = people.apply(dropped.event("d", 3, Map.of("CID", TWO), null));

        // Then
        assertThat(SchemaFlag.parse((byte[]) changed.getFirst().value()).holding())
                .isEqualTo(new SchemaFlag.Change("NAME", "name", SchemaFlag.Kind.DROPPED, "", false));
        assertThat(told(changed.subList(1, changed.size()))).containsExactly("!schema.column-dropped");
        assertThat(told(moved)).containsExactly("-" + ONE, "!schema.column-dropped");
        assertThat(told(gone)).containsExactly("-" + TWO, "=");
    }

    @Test
    void aRejectEndsThoughTheBeforeImageLacksTheLargeValueThatCausedIt() {
        // Given
        Schema large = SchemaBuilder.string()
                .optional()
                .parameter("__debezium.source.column.type", "nvarchar")
                .parameter("__debezium.source.column.length", Integer.toString(Integer.MAX_VALUE))
                .build();
        Events sqlServer = new Events(SchemaBuilder.struct()
                .optional()
                .name("row")
                .field("CID", Schema.OPTIONAL_STRING_SCHEMA)
                .field("NAME", large)
                .field("WIFE", Schema.OPTIONAL_STRING_SCHEMA)
                .build());
        KeyBySubject people = new KeyBySubject(
                dataset(List.of(Datasets.person("", "cid"))), 7, DIGEST_KEY, 1, new LargeValues(), null, null, null);

        // When
        List<KeyedRow> lacking = people.apply(sqlServer.event("u", 1, Map.of("CID", ONE), row(ONE, "甲")));
        List<KeyedRow> telling = people.apply(sqlServer.event("u", 1, row(ONE, "甲"), row(ONE, "乙")));

        // Then
        assertThat(told(lacking)).containsExactly("=", "+" + ONE);
        assertThat(told(telling)).containsExactly("+" + ONE);
    }

    @Test
    void aRowThatIsReadAfterItsOwnChangeSaysNothing() {
        // Given
        KeyBySubject people = new KeyBySubject(
                dataset(List.of(Datasets.person("", "cid"))),
                7,
                DIGEST_KEY,
                1,
                DateDoubt.NONE,
                null,
                new RecentChanges(System::nanoTime),
                null);
        people.apply(events.event("u", 1, row(ONE, "甲"), row(ONE, "乙")));

        // When
        List<KeyedRow> changedBefore = people.apply(events.event("r", 1, null, row(ONE, "甲")));
        List<KeyedRow> untouched = people.apply(events.event("r", 2, null, row(TWO, "丙")));
        people.readWhole();
        List<KeyedRow> later = people.apply(events.event("r", 1, null, row(ONE, "乙")));

        // Then
        assertThat(told(changedBefore)).isEmpty();
        assertThat(told(untouched)).containsExactly("+" + TWO);
        assertThat(told(later)).containsExactly("+" + ONE);
    }
}
