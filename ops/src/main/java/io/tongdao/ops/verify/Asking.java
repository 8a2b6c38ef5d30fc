package io.tongdao.ops.verify;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.grant.VerifyRules;
import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.explain.AskedSubject;
import io.tongdao.ops.verify.VerifyRefused.Why;
import io.tongdao.release.HeldRows;
import io.tongdao.release.ReleaseCheck;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A grant made ready to compare: what may be asked, in which form, and how much an answer may say. Not thread-safe. */
final class Asking {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    /** 不满十四周岁 */
    private static final int MINOR = 14;

    private final Grant grant;
    private final HeldRows rows;
    private final Comparing comparing;
    private final Map<String, Boolean> hidden;
    private final LocalDate today;

    Asking(Plan plan, Grant grant, WireFormat wire, Instant now) {
        GrantTable table = GrantTable.of(plan, grant.table());
        this.grant = grant;
        this.rows = new HeldRows(plan, grant, wire);
        this.comparing = new Comparing(plan, table);
        this.hidden = hidden(plan, grant);
        this.today = LocalDate.ofInstant(now, CHINA);
    }

    /**
     * A question as it is looked up.
     *
     * @param subject as keys have it: personal
     * @param stated item → value in the form of its type: personal
     */
    record Asked(SubjectKind kind, String subject, Map<String, Object> stated) {
        @Override
        public String toString() {
            return "Asked[***]";
        }
    }

    /** @param disputed the items whose held value is disputed */
    record Found(Map<String, Word> items, List<String> disputed) {
        static Found refused(Asked one) {
            Map<String, Word> items = new HashMap<>();
            one.stated().keySet().forEach(item -> items.put(item, Word.REFUSED));
            return new Found(items, List.of());
        }

        Map<String, String> words() {
            Map<String, String> words = new TreeMap<>();
            items.forEach((item, word) -> words.put(item, word.word()));
            return words;
        }
    }

    /** Item → whether an answer about it must not tell that a subject is held. A filter that reads such an item tells it by every answer. */
    static Map<String, Boolean> hidden(Plan plan, Grant grant) {
        GrantTable table = GrantTable.of(plan, grant.table());
        boolean all =
                ReleaseCheck.filterItems(plan, grant).stream().anyMatch(item -> VerifyRules.hides(plan, table, item));
        Map<String, Boolean> hidden = new TreeMap<>();
        grant.items().keySet().forEach(item -> hidden.put(item, all || VerifyRules.hides(plan, table, item)));
        return hidden;
    }

    Grant grant() {
        return grant;
    }

    HeldRows rows() {
        return rows;
    }

    /**
     * @param number of the question, from 0
     * @throws VerifyRefused if it can't be asked; says where, and not what
     */
    Asked read(int number, Question question) {
        String which = "第 " + (number + 1) + " 个 question " + (number + 1) + ": ";
        AskedSubject subject = AskedSubject.parse(question.subject())
                .orElseThrow(() -> new VerifyRefused(
                        Why.QUESTION,
                        which + "标识不合规 the subject is no identifier: a citizen number, a credit code, or a key as"
                                + " passport:FRA:12AB34567"));
        if (question.stated().isEmpty()) {
            throw new VerifyRefused(Why.QUESTION, which + "未给出数据项 nothing is stated: give at least one item");
        }
        Map<String, Object> stated = new TreeMap<>();
        question.stated().forEach((item, text) -> {
            if (!grant.items().containsKey(item)) {
                throw new VerifyRefused(
                        Why.QUESTION,
                        which + "数据项未授权 an item is not granted; granted are: "
                                + String.join(", ", grant.items().keySet()));
            }
            stated.put(
                    item,
                    comparing
                            .stated(item, text)
                            .orElseThrow(() -> new VerifyRefused(
                                    Why.QUESTION,
                                    which + "数据项格式不合规 what is stated of item " + item + " is no value of its type")));
        });
        return new Asked(subject.kind(), subject.key(), stated);
    }

    /** Of several rows the one speaks that agrees most: what is told is true of one row. */
    Found compare(Asked one, List<GenericRecord> held) {
        Map<String, Word> best = words(one, null);
        List<String> disputed = List.of();
        long most = -1;
        for (GenericRecord row : held) {
            Map<String, Word> words = words(one, row);
            long matching =
                    words.values().stream().filter(word -> word == Word.MATCHES).count();
            if (matching > most) {
                most = matching;
                best = words;
                disputed = disputed(one.stated().keySet(), row);
            }
        }
        boolean minor = minor(one);
        Map<String, Word> told = new HashMap<>();
        best.forEach((item, word) -> told.put(item, hides(item, minor) ? word.hidden() : word));
        List<String> said =
                disputed.stream().filter(item -> !hides(item, minor)).toList();
        return new Found(told, said);
    }

    private boolean hides(String item, boolean minor) {
        return minor || hidden.getOrDefault(item, true);
    }

    private Map<String, Word> words(Asked one, @Nullable GenericRecord row) {
        Map<String, Word> words = new HashMap<>();
        one.stated()
                .forEach((item, stated) ->
                        words.put(item, row == null ? Word.NOT_HELD : comparing.word(item, stated, row.get(item))));
        return words;
    }

    private static List<String> disputed(Set<String> asked, GenericRecord row) {
        List<String> disputed = new ArrayList<>();
        if (row.hasField(BasePlan.DISPUTED) && row.get(BasePlan.DISPUTED) instanceof List<?> marks) {
            marks.stream().map(Object::toString).filter(asked::contains).forEach(disputed::add);
        }
        return disputed;
    }

    /** What is known of a child is sensitive whatever it is. */
    private boolean minor(Asked one) {
        return one.kind() == SubjectKind.PERSON
                && CitizenId.parse(one.subject()) instanceof Parsed.Valid<CitizenId> id
                && id.value().birthDate().plusYears(MINOR).isAfter(today);
    }
}
