package io.tongdao.contract.catalogue;

import io.tongdao.contract.calendar.CalendarYear;
import io.tongdao.contract.catalogue.Dataset.Collect;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.LogicalDataset;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.PurposePlan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.rule.RowRule;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles a sound catalogue into the plan that everything downstream is built from. Pure: the same files, the same plan. */
public final class PlanCompiler {
    private static final int LONGEST_ROLE = 20;
    private final Catalogue catalogue;

    private PlanCompiler(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    public static Plan compile(Catalogue catalogue) {
        return new PlanCompiler(catalogue).plan();
    }

    private Plan plan() {
        Map<String, DatasetPlan> datasets = each(collected(Collect.PHYSICAL), this::dataset);
        Map<String, BasePlan> bases =
                each(catalogue.bases(), base -> new BaseCompiler(catalogue).compile(base, partitions(base.kind())));
        Map<String, Source> sources = each(catalogue.connections(), Catalogue.Connection::source);
        Map<String, ThemePlan> themes = new ThemeCompiler(catalogue, datasets, bases).compile();
        return new Plan(
                datasets,
                bases,
                sources,
                catalogue.terms().partitions(),
                each(catalogue.agencies(), PlanCompiler::agency),
                catalogue.divisions(),
                catalogue.digest(),
                each(catalogue.inboxes(), Catalogue.InboxEntry::inbox),
                each(collected(Collect.LOGICAL), this::logical),
                each(catalogue.purposes(), PlanCompiler::purpose),
                each(catalogue.standards(), StandardCheck::compiled),
                themes,
                rules(datasets),
                each(catalogue.calendars(), PlanCompiler::calendar),
                each(
                        catalogue.publications(),
                        new PublicationCompiler(catalogue.terms().open(), datasets, bases, themes)::compile),
                catalogue.terms().verify().hiding(hidden()),
                catalogue.terms().files(),
                each(catalogue.receivers(), Catalogue.Receiving::receiver),
                catalogue.terms().keptDays());
    }

    private Set<String> hidden() {
        return catalogue.datasets().values().stream()
                .filter(Dataset::hidesMembers)
                .map(Dataset::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static CalendarYear calendar(Catalogue.Calendar calendar) {
        return new CalendarYear(
                calendar.year(),
                calendar.notice(),
                calendar.off().keySet(),
                calendar.work().keySet());
    }

    private Map<String, List<RowRule>> rules(Map<String, DatasetPlan> datasets) {
        Map<String, List<RowRule>> rules = new LinkedHashMap<>();
        collected(Collect.PHYSICAL).forEach((id, dataset) -> {
            DatasetPlan plan = datasets.get(id);
            if (plan != null && !plan.sealed()) {
                rules.put(id, RuleCompiler.compile(dataset, plan));
            }
        });
        return Collections.unmodifiableMap(rules);
    }

    private Map<String, Dataset> collected(Collect collect) {
        Map<String, Dataset> datasets = new LinkedHashMap<>(catalogue.datasets());
        datasets.values().removeIf(dataset -> dataset.collect() != collect);
        return datasets;
    }

    private LogicalDataset logical(Dataset dataset) {
        boolean roles = dataset.subjects().size() > 1;
        return new LogicalDataset(
                dataset.id(),
                dataset.provider().id(),
                dataset.name(),
                dataset.title(),
                dataset.connection().id(),
                dataset.table(),
                dataset.subjects().stream()
                        .map(subject -> subject(subject, roles))
                        .toList(),
                dataset.asOf().id(),
                each(dataset.items(), item -> item(dataset, item)),
                ids(dataset.share().purposes()));
    }

    private int partitions(SubjectKind kind) {
        return catalogue.terms().partitions().getOrDefault(kind, 1);
    }

    private DatasetPlan dataset(Dataset dataset) {
        Map<String, ItemPlan> items = new LinkedHashMap<>(each(dataset.items(), item -> item(dataset, item)));
        boolean roles = dataset.subjects().size() > 1;
        if (roles) {
            items.put(SubjectPlan.ROLE_ITEM, role(dataset.share().type()));
        }
        List<SubjectPlan> subjects = dataset.subjects().stream()
                .map(subject -> subject(subject, roles))
                .toList();
        String agency = dataset.provider().id();
        Topic topic = new Topic(
                Names.src(agency, dataset.name()),
                partitions(subjects.getFirst().kind()),
                Policy.KEYED,
                dataset.collectedUnder().blank()
                        ? RecordSchemas.src(agency, dataset.name(), dataset.title(), items.values())
                        : RecordSchemas.sealedSrc(agency, dataset.name(), dataset.title()));
        return new DatasetPlan(
                dataset.id(),
                agency,
                dataset.name(),
                dataset.title(),
                dataset.connection().id(),
                dataset.table(),
                subjects,
                ids(dataset.rowKey()),
                dataset.asOf().id(),
                Collections.unmodifiableMap(items),
                topic,
                each(dataset.territories(), Ref::id),
                ids(dataset.share().purposes()),
                dataset.intake(),
                dataset.entry().grade(),
                dataset.collectedUnder().id());
    }

    private static SubjectPlan subject(Subject subject, boolean roles) {
        Set<String> types = subject.types().stream().map(Ref::id).collect(Collectors.toUnmodifiableSet());
        return new SubjectPlan(
                roles ? subject.role() : "",
                subject.kind(),
                subject.item().id(),
                each(subject.claims(), Ref::id),
                subject.code(),
                new SubjectPlan.When(subject.type().id(), types),
                ids(subject.formerly()),
                new SubjectPlan.When(
                        subject.seal().id(),
                        subject.sealed().stream().map(Ref::id).collect(Collectors.toUnmodifiableSet())));
    }

    private ItemPlan item(Dataset dataset, Item item) {
        return new ItemPlan(
                item.name(),
                item.label(),
                item.sourceName(),
                type(dataset, item.type()),
                item.standard().id(),
                item.level(),
                ClassCheck.personal(item),
                item.mask(),
                item.returnMask(),
                item.share().type(),
                item.open().type(),
                item.share().verify().allowed(),
                withdraws(item.withdraws()));
    }

    private static SubjectPlan.@Nullable When withdraws(Dataset.Withdraws when) {
        return when.item().blank()
                ? null
                : new SubjectPlan.When(
                        when.item().id(), when.is().stream().map(Ref::id).collect(Collectors.toUnmodifiableSet()));
    }

    /** With the codes of the standard that the document's type item points to. */
    private ItemType type(Dataset dataset, ItemType type) {
        if (!(type instanceof ItemType.DocumentType sized)) {
            return type;
        }
        Item typeItem = dataset.items().get(sized.document().typeItem());
        Catalogue.Standard standard = typeItem != null && typeItem.type() instanceof ItemType.Code code
                ? catalogue.standards().get(code.standard())
                : null;
        return standard == null
                ? type
                : new ItemType.DocumentType(sized.length(), sized.document().withKinds(standard.documents()));
    }

    private static ItemPlan role(ShareClass share) {
        return new ItemPlan(SubjectPlan.ROLE_ITEM, "主体角色", "", new ItemType.Text(LONGEST_ROLE), 1, Mask.KEEP, share);
    }

    private static PurposePlan purpose(Catalogue.Purpose purpose) {
        return new PurposePlan(purpose.code(), purpose.label(), purpose.under().id());
    }

    private static Plan.Agency agency(Catalogue.Agency agency) {
        return new Plan.Agency(
                agency.id(),
                agency.name(),
                agency.level().name().toLowerCase(Locale.ROOT),
                agency.division().id());
    }

    private static List<String> ids(List<Ref> refs) {
        return refs.stream().map(Ref::id).toList();
    }

    /** The same names in the same order, each with what is made of it. */
    static <A, B> Map<String, B> each(Map<String, A> from, Function<A, B> make) {
        Map<String, B> to = new LinkedHashMap<>();
        from.forEach((name, value) -> to.put(name, make.apply(value)));
        return Collections.unmodifiableMap(to);
    }
}
