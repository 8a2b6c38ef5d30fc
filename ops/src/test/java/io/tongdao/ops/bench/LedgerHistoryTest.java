package io.tongdao.ops.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPapers;
import io.tongdao.contract.grant.GrantScope;
import io.tongdao.contract.grant.GrantStep;
import io.tongdao.contract.grant.GrantTerms;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.release.LedgerKey;
import io.tongdao.release.mask.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger that says less or more than was released is found, and a right one is not. */
class LedgerHistoryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
    private static final String SUBJECT = "530102199003071238";
    private final Tokens tokens = LedgerKey.tokens(StageOrder.KEYS);
    private final LedgerHistory ledger = new LedgerHistory(tokens);
    private final Grant grant = grant();

    @ParameterizedTest
    @CsvSource({
        "2, 1, ",
        "1, 1, the ledger of a subject counts too few",
        "2, 0, the ledger of a subject counts too few",
        "3, 1, the ledger of a subject counts too many"
    })
    void holdsEachSubjectAgainstWhatWasReleased(int records, int tombstones, String wrong) {
        // Given: two rows of one subject, of which one has gone; as told in two pages
        List<ConsumerRecord<byte[], byte[]>> released = new ArrayList<>();
        released.add(record(SUBJECT + "|1", "a"));
        released.add(record(SUBJECT + "|2", "b"));
        released.add(record(SUBJECT + "|1", null));
        released.add(record("!complete:person:0", null));
        ledger.page(page(1, 0, NOON));
        // When
        ledger.page(page(records - 1, tombstones, NOON.plusSeconds(90)));
        // Then
        assertThat(ledger.check(grant, SubjectKind.PERSON, released))
                .isEqualTo(wrong == null ? Set.of() : Set.of(wrong));
    }

    @Test
    void findsAnEpochThatItDoesNotKnow() {
        assertThat(ledger.check(grant.atEpoch(2), SubjectKind.PERSON, List.of(record(SUBJECT, "a"))))
                .containsExactly("the ledger of a subject counts too few");
    }

    @Test
    void holdsEachMinuteThatIsOverAgainstItsSubjects() {
        // Given
        ledger.page(page(2, 1, NOON.plusSeconds(59)));
        ledger.page(page(5, 0, NOON.plusSeconds(60)));
        // When
        ledger.window(window(1, 1));
        assertThat(ledger.check(NOON.plusSeconds(119))).containsExactly("the ledger of a minute counts too few");
        ledger.window(window(1, 0));
        // Then
        assertThat(ledger.check(NOON.plusSeconds(119))).isEmpty();
        assertThat(ledger.check(NOON.plusSeconds(120))).containsExactly("the ledger of a minute counts too few");
    }

    private static Grant grant() {
        return new Grant(
                "g",
                Grant.Kind.SHARE,
                "yb",
                new GrantScope("t", Map.of(), "", "", "", Grant.KeyForm.CLEAR),
                new GrantPapers("medical_insurance", "test", "test", "", Map.of(), null),
                new GrantTerms(NOON, NOON.plusSeconds(1), List.of(Grant.Delivery.TOPIC), 1, 1),
                Map.of(),
                List.of(new GrantStep(Grant.Status.ACTIVE, 1, "test", "", NOON)));
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, String value) {
        return new ConsumerRecord<>("t", 0, 0, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    private GenericRecord page(long records, long tombstones, Instant at) {
        GenericRecord page = ReleaseLedger.entry(ReleaseLedger.SUBJECTS, under());
        GenericRecord one = counts(
                new GenericData.Record(ReleaseLedger.SUBJECTS
                        .schema()
                        .getField(ReleaseLedger.SUBJECTS_OF)
                        .schema()
                        .getElementType()),
                records,
                tombstones);
        one.put(ReleaseLedger.SUBJECT, tokens.token("person", SUBJECT));
        one.put(ReleaseLedger.FIRST, at.toEpochMilli());
        page.put(ReleaseLedger.SUBJECTS_OF, List.of(one));
        return page;
    }

    private GenericRecord window(long records, long tombstones) {
        GenericRecord window = counts(ReleaseLedger.entry(ReleaseLedger.WINDOWS, under()), records, tombstones);
        window.put(ReleaseLedger.WINDOW_START, NOON.toEpochMilli());
        return window;
    }

    private static GenericRecord counts(GenericRecord entry, long records, long tombstones) {
        entry.put(ReleaseLedger.RECORDS, records);
        entry.put(ReleaseLedger.TOMBSTONES, tombstones);
        return entry;
    }

    private ReleasedUnder under() {
        return new ReleasedUnder("g", 1, "share", "yb", "medical_insurance", "t", "clear", "");
    }
}
