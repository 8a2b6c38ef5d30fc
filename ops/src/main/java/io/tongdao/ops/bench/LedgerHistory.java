package io.tongdao.ops.bench;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.release.mask.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The release ledger added up, to be held against the topics of grants under the identifier itself: of each subject it has as many releases as
 * were committed, and of each minute as many as of its subjects.
 */
final class LedgerHistory {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final Counts NOTHING = new Counts(0, 0);
    private final Tokens tokens;
    private final Map<Of, Counts> subjects = new HashMap<>();
    private final Map<Of, Counts> minutes = new HashMap<>();
    private final Map<Of, Counts> windows = new HashMap<>();

    /** @param what a subject's token, or when a minute began */
    private record Of(String grant, int epoch, String what) {
        static Of entry(GenericRecord entry, Object what) {
            return new Of(
                    entry.get(ReleaseLedger.GRANT).toString(),
                    (Integer) entry.get(ReleaseLedger.EPOCH),
                    what.toString());
        }
    }

    private record Counts(long records, long tombstones) {
        static Counts of(GenericRecord counts) {
            return new Counts((Long) counts.get(ReleaseLedger.RECORDS), (Long) counts.get(ReleaseLedger.TOMBSTONES));
        }

        Counts plus(Counts more) {
            return new Counts(records + more.records, tombstones + more.tombstones);
        }
    }

    LedgerHistory(Tokens tokens) {
        this.tokens = tokens;
    }

    void page(GenericRecord page) {
        for (Object each : (List<?>) page.get(ReleaseLedger.SUBJECTS_OF)) {
            GenericRecord one = (GenericRecord) each;
            long first = (Long) one.get(ReleaseLedger.FIRST);
            subjects.merge(Of.entry(page, one.get(ReleaseLedger.SUBJECT)), Counts.of(one), Counts::plus);
            minutes.merge(Of.entry(page, first - Math.floorMod(first, MINUTE)), Counts.of(one), Counts::plus);
        }
    }

    void window(GenericRecord window) {
        windows.merge(Of.entry(window, window.get(ReleaseLedger.WINDOW_START)), Counts.of(window), Counts::plus);
    }

    /**
     * Holds an epoch's committed records against the ledger.
     *
     * @return what is wrong, never a key
     */
    Set<String> check(Grant epoch, SubjectKind kind, List<ConsumerRecord<byte[], byte[]>> released) {
        Map<Of, Counts> actual = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : released) {
            if (!SubjectKey.isMarker(record.key())) {
                String token = tokens.token(
                        Tokens.domain(kind), SubjectKey.parse(record.key()).subject());
                Counts one = record.value() == null ? new Counts(0, 1) : new Counts(1, 0);
                actual.merge(new Of(epoch.id(), epoch.epoch(), token), one, Counts::plus);
            }
        }
        Map<Of, Counts> said = new HashMap<>(subjects);
        said.keySet().removeIf(of -> !of.grant.equals(epoch.id()) || of.epoch != epoch.epoch());
        return compared(said, actual, "the ledger of a subject");
    }

    /** Holds the minutes that are over against what the subjects' entries say of them. */
    Set<String> check(Instant now) {
        long before = now.toEpochMilli() - MINUTE;
        Map<Of, Counts> over = new HashMap<>(minutes);
        over.keySet().removeIf(of -> Long.parseLong(of.what) > before);
        Map<Of, Counts> said = new HashMap<>(windows);
        said.keySet().removeIf(of -> Long.parseLong(of.what) > before);
        return compared(said, over, "the ledger of a minute");
    }

    private static Set<String> compared(Map<Of, Counts> said, Map<Of, Counts> actual, String whose) {
        Set<String> wrong = new TreeSet<>();
        Set<Of> all = new HashSet<>(said.keySet());
        all.addAll(actual.keySet());
        for (Of of : all) {
            Counts one = said.getOrDefault(of, NOTHING);
            Counts other = actual.getOrDefault(of, NOTHING);
            if (!one.equals(other)) {
                boolean under = one.records < other.records || one.tombstones < other.tombstones;
                wrong.add(whose + (under ? " counts too few" : " counts too many"));
            }
        }
        return wrong;
    }
}
