package io.tongdao.contract.plan;

import io.tongdao.contract.calendar.CalendarYear;
import io.tongdao.contract.calendar.WorkingDays;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.rule.RowRule;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.witness.ReleaseLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The compiled catalogue (art. 14): immutable, and everything downstream is built from it.
 *
 * @param datasets by id {@code agency.dataset}
 * @param bases by name
 * @param sources by connection name
 * @param partitions per subject kind
 * @param digest SM3 or SHA-256 of the catalogue's files, hex
 * @param inboxes by name: where agencies drop files
 * @param logical by id: datasets that stay with their agency; none of them is in {@code datasets}
 * @param purposes by code: what data may be used for
 * @param standards by id
 * @param rules by dataset: what its rows must be like (art. 19)
 * @param themes by id {@code database.table}
 * @param calendars by year: lists of days off, before those that came with this version
 * @param publications by id: what is opened to the public (art. 37)
 * @param verify how values are verified without being handed over (art. 33)
 * @param files how grants deliver files
 * @param receivers by connection name: lower levels' own databases, into which returns are delivered (art. 26)
 * @param keptDays of how many days the lakehouse's tables remember how they stood at their end; 0: none
 */
public record Plan(
        Map<String, DatasetPlan> datasets,
        Map<String, BasePlan> bases,
        Map<String, Source> sources,
        Map<SubjectKind, Integer> partitions,
        Map<String, Agency> agencies,
        Divisions divisions,
        String digest,
        Map<String, Inbox> inboxes,
        Map<String, LogicalDataset> logical,
        Map<String, PurposePlan> purposes,
        Map<String, StandardPlan> standards,
        Map<String, ThemePlan> themes,
        Map<String, List<RowRule>> rules,
        Map<String, CalendarYear> calendars,
        Map<String, PublicationPlan> publications,
        VerifyPlan verify,
        FilePlan files,
        Map<String, Receiver> receivers,
        int keptDays) {
    /** Of how many days tables remember how they stood, where terms.yaml says nothing else. */
    public static final int KEPT_DAYS = 30;

    /** A plan that opens nothing to the public, and returns into no database. */
    public Plan(
            Map<String, DatasetPlan> datasets,
            Map<String, BasePlan> bases,
            Map<String, Source> sources,
            Map<SubjectKind, Integer> partitions,
            Map<String, Agency> agencies,
            Divisions divisions,
            String digest,
            Map<String, Inbox> inboxes,
            Map<String, LogicalDataset> logical,
            Map<String, PurposePlan> purposes,
            Map<String, StandardPlan> standards,
            Map<String, ThemePlan> themes,
            Map<String, List<RowRule>> rules,
            Map<String, CalendarYear> calendars) {
        this(
                datasets,
                bases,
                sources,
                partitions,
                agencies,
                divisions,
                digest,
                inboxes,
                logical,
                purposes,
                standards,
                themes,
                rules,
                calendars,
                Map.of(),
                VerifyPlan.DEFAULT,
                FilePlan.DEFAULT,
                Map.of(),
                KEPT_DAYS);
    }

    /** A plan whose rows are not judged, without calendars of its own. */
    public Plan(
            Map<String, DatasetPlan> datasets,
            Map<String, BasePlan> bases,
            Map<String, Source> sources,
            Map<SubjectKind, Integer> partitions,
            Map<String, Agency> agencies,
            Divisions divisions,
            String digest,
            Map<String, Inbox> inboxes,
            Map<String, LogicalDataset> logical,
            Map<String, PurposePlan> purposes,
            Map<String, StandardPlan> standards,
            Map<String, ThemePlan> themes) {
        this(
                datasets,
                bases,
                sources,
                partitions,
                agencies,
                divisions,
                digest,
                inboxes,
                logical,
                purposes,
                standards,
                themes,
                Map.of(),
                Map.of());
    }

    /** A plan in which every dataset is captured, without purposes, standards and themes: nothing can be granted from it. */
    public Plan(
            Map<String, DatasetPlan> datasets,
            Map<String, BasePlan> bases,
            Map<String, Source> sources,
            Map<SubjectKind, Integer> partitions,
            Map<String, Agency> agencies,
            Divisions divisions,
            String digest) {
        this(
                datasets,
                bases,
                sources,
                partitions,
                agencies,
                divisions,
                digest,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** A publishing, consuming or receiving body. {@code level} is province, prefecture or county. */
    public record Agency(String id, String name, String level, String division) {}

    /** The same plan with the rules of its base databases, and the versions of standards, that are in force on a day. */
    public Plan on(LocalDate day) {
        Map<String, BasePlan> then = new LinkedHashMap<>();
        bases.forEach((name, base) -> then.put(name, base.on(day)));
        Map<String, StandardPlan> norms = new LinkedHashMap<>();
        standards.forEach((id, standard) -> norms.put(id, standard.on(day)));
        return with(datasets, Collections.unmodifiableMap(then), Collections.unmodifiableMap(norms));
    }

    /** The same plan without datasets that are collected under incidents, but for those of these: what collection goes by. */
    public Plan collecting(Set<String> incidents) {
        Map<String, DatasetPlan> some = new LinkedHashMap<>(datasets);
        some.values().removeIf(dataset -> dataset.sealed() && !incidents.contains(dataset.incident()));
        return some.size() == datasets.size() ? this : with(Collections.unmodifiableMap(some), bases, standards);
    }

    private Plan with(
            Map<String, DatasetPlan> datasets, Map<String, BasePlan> bases, Map<String, StandardPlan> standards) {
        return new Plan(
                datasets,
                bases,
                sources,
                partitions,
                agencies,
                divisions,
                digest,
                inboxes,
                logical,
                purposes,
                standards,
                themes,
                rules,
                calendars,
                publications,
                verify,
                files,
                receivers,
                keptDays);
    }

    /** Working days: by this plan's lists, before those that came with this version. */
    public WorkingDays workingDays() {
        return WorkingDays.shipped().with(calendars.values());
    }

    /** Whether data shared for some purposes may be used for this one: it is one of them, or below one. Empty: any may. */
    public boolean serves(List<String> allowed, String purpose) {
        if (allowed.isEmpty()) {
            return true;
        }
        for (PurposePlan at = purposes.get(purpose); at != null; at = purposes.get(at.under())) {
            if (allowed.contains(at.code())) {
                return true;
            }
        }
        return allowed.contains(purpose);
    }

    /** Flags are keyed by their own names, and few: their topics need not follow a kind's partitions. */
    private static final int FLAG_PARTITIONS = 2;

    private static final String THEME = "theme.";

    /** Where catalogues are published: there before any plan is. */
    public static final Topic CATALOGUE = new Topic(Names.CATALOGUE, 1, Policy.CONTROL, null);

    /**
     * Every topic of the plan that is provisioned, in the order of the data's way; what a grant or a connector needs besides is not of the
     * plan.
     */
    public List<Topic> topics() {
        List<Topic> topics = new ArrayList<>();
        datasets.values().forEach(dataset -> topics.add(dataset.topic()));
        bases.values().forEach(base -> topics.add(base.topic()));
        themes.values().forEach(theme -> topics.add(theme.topic()));
        topics.add(CATALOGUE);
        for (String name : List.of(
                Names.GRANTS,
                Names.INCIDENTS,
                Names.SOURCES,
                Names.ORDERS,
                Names.STAGES,
                Names.OPENINGS,
                Names.API_TOKENS,
                Names.FILE_ORDERS,
                Names.ACKS,
                Names.REJECTS,
                Names.SCHEMA_CHANGES)) {
            topics.add(new Topic(name, 1, Policy.CONTROL, null));
        }
        topics.add(new Topic(Names.ACCESSES, 1, Policy.AUDIT, null));
        topics.add(new Topic(Names.VERIFICATIONS, 1, Policy.AUDIT, null));
        topics.add(ReleaseLedger.WINDOWS);
        topics.add(ReleaseLedger.SUBJECTS);
        topics.add(new Topic(Names.PICKUPS, 1, Policy.AUDIT, null));
        topics.add(new Topic(Names.DISCREPANCIES, FLAG_PARTITIONS, Policy.CONTROL, null));
        topics.add(new Topic(Names.REVIEWS, FLAG_PARTITIONS, Policy.CONTROL, null));
        topics.add(new Topic(Names.QUALITY, FLAG_PARTITIONS, Policy.CONTROL, null));
        partitions.forEach((kind, count) -> {
            topics.add(new Topic(Names.release(kind), count, Policy.CONTROL, null));
            topics.add(new Topic(Names.protections(kind), count, Policy.CONTROL, null));
            topics.add(new Topic(Names.seeds(kind), count, Policy.HISTORY, null));
        });
        reconciled().forEach(kind -> {
            int count = partitions.getOrDefault(kind, 1);
            topics.add(new Topic(Names.objections(kind), count, Policy.CONTROL, null));
            topics.add(new Topic(Names.rulings(kind), count, Policy.CONTROL, null));
            topics.add(new Topic(Names.identities(kind), count, Policy.CONTROL, null));
            topics.add(new Topic(Names.apart(kind), count, Policy.CONTROL, null));
        });
        return topics;
    }

    /** The kinds of subjects that there is a base database of. */
    public Set<SubjectKind> reconciled() {
        Set<SubjectKind> kinds = EnumSet.noneOf(SubjectKind.class);
        bases.values().forEach(base -> kinds.add(base.kind()));
        return kinds;
    }

    /** The connections from which something is captured; one that only answers verification is not among them. */
    public List<Source> captured() {
        return sources.values().stream()
                .filter(source -> datasets.values().stream()
                        .anyMatch(dataset -> dataset.connection().equals(source.name())))
                .toList();
    }

    /** The database into which returns to an agency are delivered, if it has one. */
    public Optional<Receiver> receiver(String agency) {
        return receivers.values().stream()
                .filter(receiver -> receiver.agency().equals(agency))
                .findFirst();
    }

    /** The datasets that come by files of one inbox. */
    public List<DatasetPlan> filed(String inbox) {
        return datasets.values().stream()
                .filter(dataset -> dataset.intake() instanceof Intake.Files files
                        && files.inbox().equals(inbox))
                .toList();
    }

    /** A thematic table by the name a grant uses, {@code theme.<database>.<table>}; null: there is none. */
    public @Nullable ThemePlan theme(String name) {
        return name.startsWith(THEME) ? themes.get(name.substring(THEME.length())) : null;
    }

    /** A released or stored table's source: a dataset's, a base database's or a thematic table's topic, by the name a grant uses. */
    public Topic table(String name) {
        DatasetPlan dataset = datasets.get(name);
        if (dataset != null) {
            return dataset.topic();
        }
        ThemePlan theme = theme(name);
        if (theme != null) {
            return theme.topic();
        }
        BasePlan base = bases.get(name.startsWith("base.") ? name.substring(5) : name);
        if (base == null) {
            throw new IllegalArgumentException("no table " + name + " in the catalogue");
        }
        return base.topic();
    }
}
