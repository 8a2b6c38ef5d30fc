package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.VerifyPlan;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the catalogue (目录条目) with all elements of art. 15, as its agency wrote it.
 *
 * @param at the line that names it
 * @param entry what says which resource it is, beside its name and title
 * @param table the agency's table, {@code schema.table}
 * @param collect whether its rows are copied or stay with the agency
 * @param intake how its rows come in
 * @param inbox where they come by files, else blank; then connection is not
 * @param territories basis of a return flow (hukou, residence, handling) → the item with its division (art. 26)
 * @param rules what its rows must be like, beside what follows from the items
 * @param membership whether it may be learnt that a subject is in it
 * @param collectedUnder the incident for whose sake it is collected (art. 27); blank: none
 * @param items in the order of the file, which is the order of the Avro schema
 */
public record Dataset(
        String name,
        Place at,
        Ref provider,
        String title,
        Entry entry,
        Form form,
        String format,
        Cycle update,
        Ref connection,
        String table,
        List<Subject> subjects,
        List<Ref> rowKey,
        Ref asOf,
        Share share,
        Open open,
        Map<String, Ref> territories,
        Assessments assessments,
        Map<String, Item> items,
        Collect collect,
        Intake intake,
        Ref inbox,
        Rules rules,
        Membership membership,
        Ref collectedUnder) {

    public String id() {
        return provider.id() + "." + name;
    }

    /** Where its file belongs, below the catalogue's directory. */
    public String file() {
        return "datasets/" + provider.id() + "/" + name + ".yaml";
    }

    /** Whether it stands in the file where it belongs. */
    boolean stands() {
        return Path.of(at.file()).endsWith(file());
    }

    /** The highest level of its items (art. 13). */
    public int level() {
        return items.values().stream().mapToInt(Item::level).max().orElse(0);
    }

    /** The item with which a row speaks of one of its subjects about an item of a base database. */
    public Optional<Item> claim(Subject subject, String baseItem) {
        Ref renamed = subject.claims().get(baseItem);
        if (renamed != null) {
            return Optional.ofNullable(items.get(renamed.id()));
        }
        boolean ofAnotherRole = subjects.stream()
                .flatMap(other -> other.claims().values().stream())
                .anyMatch(claimed -> claimed.id().equals(baseItem));
        return ofAnotherRole ? Optional.empty() : Optional.ofNullable(items.get(baseItem));
    }

    /** Whether it tells something sensitive of a subject that it is in the dataset at all: welfare, health (核实 answers less then). */
    public enum Membership {
        /** As the identifier's level says: 4 is sensitive. */
        BY_LEVEL,
        SENSITIVE,
        PLAIN
    }

    /** Whether nobody may learn by verification who is in it (art. 33). */
    boolean hidesMembers() {
        return membership == Membership.SENSITIVE
                || (membership == Membership.BY_LEVEL
                        && subjects.stream()
                                .map(subject -> items.get(subject.item().id()))
                                .anyMatch(item -> item != null && VerifyPlan.sensitive(item.level())));
    }

    /** 数据形式. */
    public enum Form {
        DATABASE,
        FILE,
        SPREADSHEET,
        IMAGE,
        STREAM,
        SELF_DESCRIBING,
        SERVICE
    }

    /** 归集方式: copied, or left with the agency and reachable for verification only. */
    public enum Collect {
        PHYSICAL,
        LOGICAL
    }

    /** 数据更新频率. */
    public enum Cycle {
        REALTIME,
        DAILY,
        WEEKLY,
        MONTHLY,
        QUARTERLY,
        HALF_YEARLY,
        YEARLY,
        IRREGULAR
    }

    /** 共享方式. */
    public enum Method {
        TOPIC,
        TABLE,
        FILE,
        DATABASE,
        VERIFY
    }

    /**
     * Whom a row is about.
     *
     * @param claims base item → item of this dataset, where this subject's goes by another name
     * @param code which code identifies a place or another thing; empty for persons and organisations
     * @param type the item that tells whether a row has this subject; blank: every row has
     * @param types the codes of that item with which it has
     * @param formerly items with identifiers that the subject had before
     * @param seal the item that tells of which rows that is never followed; blank: of none
     * @param sealed the codes of that item with which it is not
     */
    public record Subject(
            String role,
            Place at,
            SubjectKind kind,
            Ref item,
            Map<String, Ref> claims,
            String code,
            Ref type,
            List<Ref> types,
            List<Ref> formerly,
            Ref seal,
            List<Ref> sealed) {}

    /**
     * How far it may be shared (art. 30, 31).
     *
     * @param scope 共享范围, of a conditional class
     * @param condition 使用条件, of a conditional class
     * @param reason of a withheld class, with its citation
     * @param purposes closed codes of {@code purposes.yaml}; empty: any
     * @param verify whether values may be verified though they are withheld (art. 33)
     */
    public record Share(
            Place at,
            ShareClass type,
            String scope,
            String condition,
            String reason,
            @Nullable Citation citation,
            List<Ref> purposes,
            List<Method> methods,
            Verify verify) {}

    /** What forbids or allows: a law, an administrative regulation or a State Council decision; nothing lower does (art. 31). */
    public record Citation(Kind kind, String name, String article) {
        public enum Kind {
            LAW,
            ADMINISTRATIVE_REGULATION,
            STATE_COUNCIL_DECISION
        }

        @Override
        public String toString() {
            return "《" + name + "》" + article;
        }
    }

    /** 核实比对 of what is withheld: forbidden unless a citation allows it. */
    public record Verify(boolean allowed, @Nullable Citation citation) {}

    /** How far it may be opened (art. 37, 38). */
    public record Open(ShareClass type, String condition, String reason) {}

    /** @param approvedBy who in the agency agreed to this entry (art. 14) */
    public record Assessments(Assessment secrecy, Assessment personalInformation, String approvedBy) {}

    /** The result of an assessment and how long it holds. */
    public record Assessment(Place at, String result, LocalDate on, LocalDate until) {}

    /**
     * A data item (数据项).
     *
     * @param standard the standard that its values follow, {@code id} or {@code id@version}; blank: none
     * @param dataClass its own class, else the dataset's
     * @param agency its own responsible agency (责任部门), else the provider
     * @param update its own cycle, else the dataset's
     * @param mask the loosest mask under which it may be shared without the provider's further consent
     * @param returnMask the same for a return to the territory it came from
     * @param share its own class and grounds where they differ from the dataset's, else the dataset's
     * @param open likewise
     * @param concept what it says of its subject, in one word for all datasets: finds repeated collection (art. 22)
     * @param withdraws when a row takes back what any source says of the item
     */
    public record Item(
            String name,
            Place at,
            String label,
            String sourceName,
            ItemType type,
            Ref standard,
            int level,
            Ref dataClass,
            Personal personal,
            Ref agency,
            Cycle update,
            Mask mask,
            Mask returnMask,
            Share share,
            Open open,
            Origin origin,
            Ref copyOf,
            String concept,
            Withdraws withdraws) {

        /** Whether its type could be read; if not, that is reported already. */
        boolean typed() {
            return !type.equals(UNTYPED);
        }
    }

    /**
     * The state of a row that withdraws an item.
     *
     * @param item whose value tells it; blank: never
     * @param is the values that do
     */
    public record Withdraws(Ref item, List<Ref> is) {}

    /** Stands in for a type that could not be read. */
    static final ItemType UNTYPED = new ItemType.Text(0);

    /** How the agency came by an item. */
    public enum Origin {
        COLLECTED,
        PRODUCED,
        COPY
    }
}
