package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.ShareClass;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of the catalogue (目录条目) with all elements of art. 15, as its agency wrote it.
 *
 * @param at the line that names it
 * @param table the agency's table, {@code schema.table}
 * @param collect whether its rows are copied or stay with the agency
 * @param intake how its rows come in
 * @param inbox where they come by files, else blank; then connection is not
 * @param territories basis of a return flow (hukou, residence, handling) → the item with its division (art. 26)
 * @param items in the order of the file, which is the order of the Avro schema
 */
public record Dataset(
        String name,
        Place at,
        Ref provider,
        String title,
        Form form,
        String format,
        Category category,
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
        Ref inbox) {

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

    /** 目录分类: 基础, 主题, 部门 information resource. */
    public enum Category {
        BASE,
        THEME,
        AGENCY
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
     * @param claims base item → item of this dataset, where this subject's goes by another name
     * @param code which code identifies a place or another thing; empty for persons and organisations
     */
    public record Subject(String role, Place at, SubjectKind kind, Ref item, Map<String, Ref> claims, String code) {}

    /**
     * How far it may be shared (art. 30, 31).
     *
     * @param purposes closed codes ({@link io.tongdao.contract.grant.Purpose})
     */
    public record Share(Place at, ShareClass type, String condition, List<Ref> purposes, List<Method> methods) {}

    /** How far it may be opened (art. 37, 38). */
    public record Open(ShareClass type, String condition, String reason) {}

    /** @param approvedBy who in the agency agreed to this entry (art. 14) */
    public record Assessments(Assessment secrecy, Assessment personalInformation, String approvedBy) {}

    /** The result of an assessment and how long it holds. */
    public record Assessment(Place at, String result, LocalDate on, LocalDate until) {}

    /**
     * A data item (数据项).
     *
     * @param mask the loosest mask under which it may be shared without the provider's further consent
     * @param returnMask the same for a return to the territory it came from
     * @param share the item's own class where it differs from the dataset's, else the dataset's
     * @param concept what it says of its subject, in one word for all datasets: finds repeated collection (art. 22)
     */
    public record Item(
            String name,
            Place at,
            String label,
            String sourceName,
            ItemType type,
            int level,
            Mask mask,
            Mask returnMask,
            ShareClass share,
            Origin origin,
            Ref copyOf,
            String concept) {

        /** Whether its type could be read; if not, that is reported already. */
        boolean typed() {
            return !type.equals(UNTYPED);
        }
    }

    /** Stands in for a type that could not be read. */
    static final ItemType UNTYPED = new ItemType.Text(0);

    /** How the agency came by an item. */
    public enum Origin {
        COLLECTED,
        PRODUCED,
        COPY
    }
}
