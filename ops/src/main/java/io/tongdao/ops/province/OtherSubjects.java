package io.tongdao.ops.province;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.ThemePlan;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The oracle's own reading of whom an item of a row names, by the identifier in it. */
final class OtherSubjects {
    private final Plan plan;
    private final Map<ThemePlan.Item, SubjectPlan> subjects = new IdentityHashMap<>();

    OtherSubjects(Plan plan) {
        this.plan = plan;
        for (ThemePlan theme : plan.themes().values()) {
            for (ThemePlan.Item item : theme.items().values()) {
                if (!item.by().isEmpty()) {
                    subjects.put(item, find(theme, item));
                }
            }
        }
    }

    /** Of whom a row shows something: source and the subject part of its key. */
    String key(ThemePlan theme, ThemePlan.Item item, Map<String, @Nullable String> row) {
        String text = row.get(item.by());
        SubjectPlan subject = subject(theme, item);
        String number = text == null
                ? null
                : switch (subject.kind()) {
                    case PERSON -> RightNumbers.citizen(text);
                    case ORGANISATION -> RightNumbers.credit(text);
                    case PLACE, OTHER -> subject.kind().word() + ":" + subject.code() + ":" + RightNumbers.normal(text);
                };
        return number == null ? "" : item.source() + ' ' + number;
    }

    /** The subject of a source that the rows' item names. */
    SubjectPlan subject(ThemePlan theme, ThemePlan.Item item) {
        return Objects.requireNonNull(subjects.get(item), item.name());
    }

    private SubjectPlan find(ThemePlan theme, ThemePlan.Item item) {
        String source = item.source();
        DatasetPlan dataset = plan.datasets().get(source);
        Set<SubjectKind> wanted = named(theme, item);
        List<SubjectPlan> subjects = dataset != null
                ? dataset.subjects()
                : base(source).items().values().stream()
                        .flatMap(golden -> golden.sources().stream())
                        .sorted()
                        .map(id -> Objects.requireNonNull(plan.datasets().get(id), id))
                        .flatMap(of -> of.subjects().stream())
                        .filter(subject -> subject.kind() == base(source).kind())
                        .toList();
        return subjects.stream()
                .filter(subject -> wanted.contains(subject.kind()))
                .findFirst()
                .orElse(subjects.getFirst());
    }

    private Set<SubjectKind> named(ThemePlan theme, ThemePlan.Item item) {
        DatasetPlan dataset = plan.datasets().get(theme.rows());
        var type = dataset == null
                ? Objects.requireNonNull(base(theme.rows()).items().get(item.by()))
                        .type()
                : Objects.requireNonNull(dataset.items().get(item.by())).type();
        return switch (type) {
            case ItemType.CitizenIdType t -> Set.of(SubjectKind.PERSON);
            case ItemType.CreditCodeType t -> Set.of(SubjectKind.ORGANISATION);
            case ItemType.DocumentType t -> Set.of(SubjectKind.PERSON, SubjectKind.ORGANISATION);
            default -> Set.of(SubjectKind.PLACE, SubjectKind.OTHER);
        };
    }

    private BasePlan base(String source) {
        return Objects.requireNonNull(plan.bases().get(Oracle.base(source)), source);
    }
}
