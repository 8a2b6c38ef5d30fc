package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.rule.RowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a dataset's rows: what its agency writes, and what follows from its items. A person's {@code birth_date} and
 * {@code gender_code} are known by their names, or by what the subject claims under them, as everywhere in the catalogue.
 */
final class RuleCompiler {
    private static final String BIRTH_DATE = "birth_date";
    private static final String SEX = "gender_code";
    private static final String SEXES = "GB/T 2261.1";
    private final Dataset dataset;
    private final DatasetPlan plan;
    private final List<RowRule> rules = new ArrayList<>();

    private RuleCompiler(Dataset dataset, DatasetPlan plan) {
        this.dataset = dataset;
        this.plan = plan;
    }

    static List<RowRule> compile(Dataset dataset, DatasetPlan plan) {
        return new RuleCompiler(dataset, plan).all();
    }

    private List<RowRule> all() {
        Set<String> keys = plan.subjects().stream().map(SubjectPlan::item).collect(Collectors.toSet());
        plan.items().values().forEach(item -> format(item, keys.contains(item.name())));
        plan.subjects().forEach(this::agrees);
        Rules written = dataset.rules();
        written.required().forEach(item -> rules.add(new RowRule.Required(item.id(), label(item.id()) + "必填")));
        written.unique().forEach(item -> rules.add(new RowRule.Unique(item.id(), label(item.id()) + "不重复")));
        written.checks()
                .forEach((name, check) -> rules.add(
                        new RowRule.Holds(name, check.label(), check.holds().id())));
        written.timely()
                .forEach((item, within) -> rules.add(
                        new RowRule.Timely(item.id(), label(item.id()) + "之后" + days(within) + "内入库", within)));
        return List.copyOf(rules);
    }

    private void format(ItemPlan item, boolean key) {
        if (!item.standard().isEmpty()) {
            rules.add(new RowRule.Standard(item.name(), item.label() + "符合" + item.standard(), item.standard()));
            return;
        }
        switch (item.type()) {
            case ItemType.DivisionType t -> rules.add(new RowRule.Division(item.name(), item.label() + "为有效区划"));
            case ItemType.CitizenIdType t -> identifies(item, key, true);
            case ItemType.CreditCodeType t -> identifies(item, key, true);
            case ItemType.DocumentType t ->
                identifies(
                        item,
                        key || t.document().kind() == null,
                        addressed(t.document().kind()));
            case ItemType.Text t -> {}
            case ItemType.Code t -> {}
            case ItemType.Date t -> {}
            case ItemType.Timestamp t -> {}
            case ItemType.Int t -> {}
            case ItemType.BigInt t -> {}
            case ItemType.Bool t -> {}
            case ItemType.Decimal t -> {}
        }
    }

    /** A subject's number is checked before the row has a key, and one whose kind nobody says can't be. */
    private void identifies(ItemPlan item, boolean needless, boolean addressed) {
        if (!needless) {
            rules.add(new RowRule.Identifies(item.name(), item.label() + "号码有效"));
        }
        if (addressed) {
            rules.add(new RowRule.Addressed(item.name(), item.label() + "中的区划为有效区划"));
        }
    }

    private static boolean addressed(@Nullable DocumentKind kind) {
        return kind == null || kind == DocumentKind.CITIZEN_ID || kind == DocumentKind.CREDIT_CODE;
    }

    private void agrees(SubjectPlan subject) {
        if (subject.kind() != SubjectKind.PERSON) {
            return;
        }
        String born = claimed(subject, BIRTH_DATE);
        if (item(born) instanceof ItemPlan date && date.type() instanceof ItemType.Date) {
            rules.add(agree(born, subject, RowRule.Says.BIRTH_DATE));
        }
        String sex = claimed(subject, SEX);
        if (item(sex) instanceof ItemPlan code && code.type().equals(new ItemType.Code(SEXES))) {
            rules.add(agree(sex, subject, RowRule.Says.SEX));
        }
    }

    /** Where a row has several subjects, an item that no subject claims is nobody's in particular. */
    private String claimed(SubjectPlan subject, String baseItem) {
        return subject.claims().getOrDefault(baseItem, plan.subjects().size() == 1 ? baseItem : "");
    }

    private RowRule agree(String item, SubjectPlan subject, RowRule.Says says) {
        return new RowRule.Agrees(item, label(item) + "与" + label(subject.item()) + "一致", subject.item(), says);
    }

    private @Nullable ItemPlan item(String name) {
        return plan.items().get(name);
    }

    private String label(String item) {
        ItemPlan known = plan.items().get(item);
        return known == null ? item : known.label();
    }

    private static String days(java.time.Period within) {
        return (within.getYears() > 0 ? within.getYears() + "年" : "")
                + (within.getMonths() > 0 ? within.getMonths() + "个月" : "")
                + (within.getDays() > 0 ? within.getDays() + "日" : "");
    }
}
