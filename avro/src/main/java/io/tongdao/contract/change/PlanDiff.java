package io.tongdao.contract.change;

import io.tongdao.contract.calendar.CalendarYear;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.Inbox;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.LogicalDataset;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.PurposePlan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.plan.VerifyPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * In what one compiled catalogue differs from another: every change with its weight, what becomes of it, and what it needs. Pure; what only a
 * running exchange knows is added by {@link #with}: its grants, its registry.
 *
 * @param changes the gravest first
 */
public record PlanDiff(List<Change> changes) {
    public PlanDiff {
        changes = changes.stream()
                .sorted(Comparator.comparing(Change::severity).reversed())
                .toList();
    }

    /** From the catalogue in force to the next one. */
    public static PlanDiff between(Plan old, Plan next) {
        List<Change> found = new ArrayList<>();
        partitions(old, next, found);
        each(
                old.agencies(),
                next.agencies(),
                Part.AGENCY,
                PlanDiff::agency,
                agency -> "",
                (a, b) -> words(a, b),
                found);
        if (!old.divisions().equals(next.divisions())) {
            found.add(new Change.Reworded(
                    Part.DIVISIONS,
                    "",
                    "territories and county masks follow the new codes; the rows that are released already do"
                            + " when their grant is renewed"));
        }
        each(
                old.sources(),
                next.sources(),
                Part.CONNECTION,
                PlanDiff::connection,
                source -> keptOf(old, source),
                PlanDiff::connections,
                found);
        each(
                old.datasets(),
                next.datasets(),
                Part.DATASET,
                dataset -> dataset(old, dataset),
                dataset -> kept(old, dataset),
                (a, b) -> DatasetDiff.between(old, next, a, b),
                found);
        Touched.rejudged(old, next)
                .forEach(id -> found.add(new Change.Reworded(
                        Part.DATASET, id, "its rows are judged by other rules (flag.quality); no row changes")));
        each(old.bases(), next.bases(), Part.BASE, PlanDiff::base, PlanDiff::kept, BaseDiff::between, found);
        registers(old, next, found);
        restarts(old, next, found);
        return new PlanDiff(found);
    }

    /** The same with more changes. */
    public PlanDiff with(Collection<? extends Change> more) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(more);
        return new PlanDiff(all);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** What stands against it; empty: it can be applied. */
    public List<Change> refusals() {
        return changes.stream()
                .filter(change -> change.severity() == Severity.REFUSED)
                .toList();
    }

    /** What must be confirmed. */
    public Set<Confirmation> confirmations() {
        Set<Confirmation> needed = EnumSet.noneOf(Confirmation.class);
        changes.forEach(change -> change.confirmation().ifPresent(needed::add));
        return needed;
    }

    /** The effects on running grants. */
    public List<GrantEffect> grants() {
        return changes.stream()
                .filter(Change.GrantTouched.class::isInstance)
                .map(change -> ((Change.GrantTouched) change).effect())
                .toList();
    }

    /** The datasets that collection must be told to read again. */
    public Set<String> ordered() {
        Set<String> datasets = new TreeSet<>();
        changes.forEach(change -> {
            if (change instanceof Change.Reread reread && reread.ordered()) {
                datasets.add(reread.dataset());
            }
        });
        return datasets;
    }

    /** The connections behind which there is another database now: their streams begin anew. */
    public Set<String> moved() {
        Set<String> connections = new TreeSet<>();
        changes.forEach(change -> {
            if (change instanceof Change.ConnectionChanged connection && connection.other()) {
                connections.add(connection.to().name());
            }
        });
        return connections;
    }

    private static void registers(Plan old, Plan next, List<Change> found) {
        register(old.calendars(), next.calendars(), Part.CALENDAR, PlanDiff::calendar, PlanDiff::calendar, found);
        register(old.standards(), next.standards(), Part.STANDARD, StandardPlan::title, PlanDiff::versions, found);
        register(old.purposes(), next.purposes(), Part.PURPOSE, PurposePlan::label, PurposePlan::label, found);
        register(old.inboxes(), next.inboxes(), Part.INBOX, Inbox::directory, Inbox::directory, found);
        register(
                old.receivers(),
                next.receivers(),
                Part.RECEIVER,
                receiver -> "the returns to %s go into %s".formatted(receiver.agency(), receiver.place()),
                Receiver::place,
                found);
        register(
                old.logical(),
                next.logical(),
                Part.LOGICAL_DATASET,
                dataset -> dataset.title() + ", asked at the source, never copied",
                LogicalDataset::title,
                found);
        register(
                old.publications(),
                next.publications(),
                Part.PUBLICATION,
                publication -> publication.title() + ", of " + publication.table(),
                PublicationPlan::title,
                found);
        if (!old.verify().equals(next.verify())) {
            found.add(new Change.Reworded(Part.VERIFICATION, "terms", verification(next.verify())));
        }
        if (!old.files().equals(next.files())) {
            found.add(new Change.Reworded(Part.FILES, "terms", files(next.files())));
        }
        if (old.keptDays() != next.keptDays()) {
            found.add(new Change.Reworded(Part.DAYS, "terms", days(next.keptDays())));
        }
        each(old.themes(), next.themes(), Part.THEME, ThemeDiff::created, ThemeDiff::kept, ThemeDiff::between, found);
    }

    private static String verification(VerifyPlan verify) {
        return "%d attempts about an item of a subject within %s; %d unknown subjects or %d differing values suspend; members hidden of %s"
                .formatted(
                        verify.attempts(),
                        verify.window(),
                        verify.unknown(),
                        verify.differing(),
                        new TreeSet<>(verify.sensitive()));
    }

    private static String files(FilePlan files) {
        return "made at %s; grants that are filed from now on and say nothing else have %s"
                .formatted(files.at(), files.standard().text());
    }

    private static String days(int kept) {
        return kept == 0
                ? "tables no longer remember how they stood at a day's end"
                : "tables remember how they stood at the end of each of the last %d days".formatted(kept);
    }

    private static String calendar(CalendarYear year) {
        return "%d days off, %d days worked instead, by %s: terms that count days of it are counted anew"
                .formatted(year.off().size(), year.work().size(), year.notice());
    }

    private static String versions(StandardPlan standard) {
        return standard.title() + " "
                + standard.versions().stream()
                        .map(StandardPlan.Version::version)
                        .toList();
    }

    private static <T> void register(
            Map<String, T> old,
            Map<String, T> next,
            Part part,
            Function<T, String> created,
            Function<T, String> said,
            List<Change> found) {
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(next.keySet());
        for (String name : names) {
            T before = old.get(name);
            T after = next.get(name);
            if (before == null && after != null) {
                found.add(new Change.Created(part, name, created.apply(after)));
            } else if (before != null && after == null) {
                found.add(new Change.Dropped(part, name, ""));
            } else if (before != null && after != null && !before.equals(after)) {
                String same = said.apply(before).equals(said.apply(after)) ? " says something else" : "";
                found.add(new Change.Reworded(part, name, said.apply(after) + same));
            }
        }
    }

    private static void partitions(Plan old, Plan next, List<Change> found) {
        for (Map.Entry<SubjectKind, Integer> count : next.partitions().entrySet()) {
            Integer before = old.partitions().get(count.getKey());
            if (before != null && !before.equals(count.getValue())) {
                found.add(new Change.Fixed(
                        "partitions of " + count.getKey().word(),
                        "%d → %d: they never change in place, since every key would move. Put %d back into terms.yaml, or begin a new --data and collect anew"
                                .formatted(before, count.getValue(), before)));
            }
        }
    }

    private static <T> void each(
            Map<String, T> old,
            Map<String, T> next,
            Part part,
            Function<T, String> created,
            Function<T, String> kept,
            BiFunction<T, T, List<Change>> both,
            List<Change> found) {
        next.forEach((name, value) -> {
            T before = old.get(name);
            if (before == null) {
                found.add(new Change.Created(part, name, created.apply(value)));
            } else {
                found.addAll(both.apply(before, value));
            }
        });
        old.forEach((name, value) -> {
            if (!next.containsKey(name)) {
                found.add(new Change.Dropped(part, name, kept.apply(value)));
            }
        });
    }

    private static String agency(Plan.Agency agency) {
        return "%s, %s %s".formatted(agency.name(), agency.level(), agency.division());
    }

    private static List<Change> words(Plan.Agency old, Plan.Agency next) {
        return old.equals(next)
                ? List.of()
                : List.of(new Change.Reworded(Part.AGENCY, next.id(), agency(old) + " → " + agency(next)));
    }

    private static String connection(Source source) {
        return "to %s %s".formatted(source.engine().name().toLowerCase(java.util.Locale.ROOT), source.database());
    }

    private static List<Change> connections(Source old, Source next) {
        List<Change> found = new ArrayList<>();
        ConnectionDiff.between(old, next, found);
        return found;
    }

    private static String keptOf(Plan old, Source source) {
        boolean used = old.datasets().values().stream()
                .anyMatch(dataset -> dataset.connection().equals(source.name()));
        return used
                ? "its collection ends; drop what it left in the source yourself: replication slot, publication, login"
                : "";
    }

    private static String dataset(Plan old, DatasetPlan dataset) {
        String from = old.datasets().values().stream()
                .filter(other -> !other.table().isEmpty())
                .filter(other -> other.connection().equals(dataset.connection())
                        && other.table().equals(dataset.table()))
                .findFirst()
                .map(other -> ". The same table is " + other.id()
                        + " now: names are durable, so nothing of its topic, table, state or grants is carried over")
                .orElse("");
        return "%s, %d items from %s into topic %s, table src_%s.%s%s"
                .formatted(
                        dataset.title(),
                        dataset.items().size(),
                        origin(dataset),
                        dataset.topic().name(),
                        dataset.agency().replace('-', '_'),
                        dataset.name(),
                        from);
    }

    private static String origin(DatasetPlan dataset) {
        return switch (dataset.intake()) {
            case Intake.Capture capture -> dataset.table() + " of " + dataset.connection();
            case Intake.Files files -> "files in inbox " + files.inbox();
        };
    }

    private static String kept(Plan old, DatasetPlan dataset) {
        Set<String> golden = Wanted.of(old, dataset.id());
        String claims = golden.isEmpty()
                ? ""
                : "; its claims in state say nothing any more, and golden records (" + String.join(", ", golden)
                        + ") are found anew without it";
        return "collection ends; topic %s and its table stay as they are%s"
                .formatted(dataset.topic().name(), claims);
    }

    private static String base(BasePlan base) {
        return "%s, %d items into topic %s, table base.%s"
                .formatted(base.title(), base.items().size(), base.topic().name(), base.name());
    }

    private static String kept(BasePlan base) {
        return "topic %s and table base.%s stay as they are; its golden records in state are not kept up"
                .formatted(base.topic().name(), base.name());
    }

    private static void restarts(Plan old, Plan next, List<Change> found) {
        Touched touched = Touched.by(old, next);
        String again = "starts again with the new plan, on the state it has: some seconds";
        if (touched.reconcile()) {
            found.add(new Change.Restarted("stage reconcile", again));
        }
        if (touched.compose()) {
            found.add(new Change.Restarted("stage compose", again));
        }
        if (touched.release()) {
            found.add(new Change.Restarted("stage release", again));
        }
        if (touched.quality()) {
            found.add(new Change.Restarted("stage quality", again));
        }
        touched.connections().stream()
                .filter(old.sources()::containsKey)
                .forEach(name -> found.add(new Change.Restarted(
                        "collection of " + name, "follows the new plan; other connections go on")));
    }

    /** The gravest of all; empty where nothing changes. */
    public Optional<Severity> gravest() {
        return changes.stream().map(Change::severity).max(Comparator.naturalOrder());
    }
}
