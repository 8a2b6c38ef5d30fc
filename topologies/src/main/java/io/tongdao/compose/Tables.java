package io.tongdao.compose;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.plan.ThemePlan.Function;
import io.tongdao.contract.serde.WireFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All thematic tables of a plan, compiled, and the sources that they name. One for each task: not thread-safe. */
final class Tables {
    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, Source> byTopic = new TreeMap<>();
    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<Source, List<Table>> ofRows = new IdentityHashMap<>();
    private final Map<Source, List<Showing>> showing = new IdentityHashMap<>();

    Tables(Plan plan, WireFormat wire) {
        needs(plan).forEach((name, need) -> {
            Source source = Source.of(plan, name, need, wire);
            sources.put(name, source);
            byTopic.put(source.topic().name(), source);
        });
        plan.themes().values().forEach(theme -> tables.put(theme.id(), table(plan, theme, wire)));
        sources.values().forEach(source -> {
            ofRows.put(
                    source,
                    tables.values().stream()
                            .filter(table -> table.rows() == source)
                            .toList());
            showing.put(
                    source,
                    tables.values().stream()
                            .flatMap(table -> Showing.of(table, source))
                            .toList());
        });
    }

    /** Where a table shows something of a source that is not its row: beside it by the same subject, or by a link. */
    record Showing(Table table, @Nullable Link link) {
        /** Whether a row of this subject may be shown here: a link asks about subjects of one kind. */
        boolean shows(Subject subject) {
            return link == null || link.reference().kind() == subject.kind();
        }

        /** What is to be composed anew when something about a subject has changed. */
        Walk walk(Subject subject, Composer.Cause cause) {
            return link == null
                    ? Walk.of(Walk.Kind.ROWS, table.id(), "", subject, cause)
                    : Walk.of(Walk.Kind.SUBSCRIBERS, table.id(), link.name(), subject, cause);
        }

        private static Stream<Showing> of(Table table, Source source) {
            Stream<Showing> linked = table.links().stream()
                    .filter(link -> link.parts().stream().anyMatch(part -> part.source() == source))
                    .map(link -> new Showing(table, link));
            return table.beside(source) ? Stream.concat(Stream.of(new Showing(table, null)), linked) : linked;
        }
    }

    /** Those whose rows are a source's. */
    List<Table> of(Source source) {
        return ofRows.getOrDefault(source, List.of());
    }

    List<Showing> showing(Source source) {
        return showing.getOrDefault(source, List.of());
    }

    /** The topics of all sources that thematic tables name. */
    static TreeSet<String> topics(Plan plan) {
        TreeSet<String> topics = new TreeSet<>();
        plan.themes()
                .values()
                .forEach(theme -> theme.sources()
                        .forEach(name -> topics.add(plan.table(name).name())));
        return topics;
    }

    Iterable<Table> all() {
        return tables.values();
    }

    /** Null: the plan has it no more. */
    @Nullable
    Table table(String id) {
        return tables.get(id);
    }

    /** The table that is written to a topic; null: the plan has none. */
    @Nullable
    Table written(String topic) {
        for (Table table : tables.values()) {
            if (table.topic().equals(topic)) {
                return table;
            }
        }
        return null;
    }

    /** Everything that is read. */
    Collection<Source> sources() {
        return sources.values();
    }

    /** Null: nothing reads it any more. */
    @Nullable
    Source source(String name) {
        return sources.get(name);
    }

    @Nullable
    Source byTopic(String topic) {
        return byTopic.get(topic);
    }

    private static Map<String, Source.Need> needs(Plan plan) {
        Map<String, Source.Need> needs = new TreeMap<>();
        for (ThemePlan theme : plan.themes().values()) {
            Source.Need rows = need(needs, theme.rows());
            if (!theme.territory().isEmpty()) {
                rows.fields().add(theme.territory());
            }
            theme.items().values().forEach(item -> needed(plan, theme, item, needs));
        }
        return needs;
    }

    private static void needed(Plan plan, ThemePlan theme, ThemePlan.Item item, Map<String, Source.Need> needs) {
        Source.Need need = need(needs, item.source());
        switch (item.function()) {
            case COUNT -> needs.put(item.source(), need.withCount());
            case SUM -> need.summed().add(item.sourceItem());
            case LEAST, GREATEST -> need.sorted().add(item.sourceItem());
            case VALUE -> need.fields().add(item.sourceItem());
        }
        if (!item.by().isEmpty()) {
            Reference.items(plan, theme.rows(), item.source(), item.by())
                    .forEach(need(needs, theme.rows()).fields()::add);
        }
        boolean own = item.by().isEmpty() && item.source().equals(theme.rows());
        if (item.function() == Function.VALUE && !own) {
            needs.put(item.source(), need(needs, item.source()).withSpeaker());
        }
    }

    private static Source.Need need(Map<String, Source.Need> needs, String source) {
        return needs.computeIfAbsent(
                source, name -> new Source.Need(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), false, false));
    }

    private Table table(Plan plan, ThemePlan theme, WireFormat wire) {
        List<Part.Target> own = new ArrayList<>();
        Map<String, List<Part.Target>> beside = new LinkedHashMap<>();
        Map<String, List<Part.Target>> links = new LinkedHashMap<>();
        List<Table.Figure> figures = new ArrayList<>();
        int to = 0;
        for (ThemePlan.Item item : theme.items().values()) {
            Part.Target target = new Part.Target(item, to++);
            if (Table.figure(item)) {
                figures.add(new Table.Figure(known(item.source()), item, target.to()));
            } else if (!item.by().isEmpty()) {
                String name = Reference.name(plan, theme.rows(), item.source(), item.by());
                links.computeIfAbsent(name, by -> new ArrayList<>()).add(target);
            } else if (item.source().equals(theme.rows())) {
                own.add(target);
            } else {
                beside.computeIfAbsent(item.source(), name -> new ArrayList<>()).add(target);
            }
        }
        return new Table(
                theme,
                Part.of(known(theme.rows()), own),
                parts(beside),
                figures,
                links.entrySet().stream()
                        .map(link -> link(plan, theme, link.getKey(), link.getValue()))
                        .toList(),
                plan.divisions(),
                wire);
    }

    private List<Part> parts(Map<String, List<Part.Target>> bySource) {
        return bySource.entrySet().stream()
                .map(entry -> Part.of(known(entry.getKey()), entry.getValue()))
                .toList();
    }

    private Link link(Plan plan, ThemePlan theme, String name, List<Part.Target> items) {
        Map<String, List<Part.Target>> bySource = new LinkedHashMap<>();
        StringBuilder asked = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            ThemePlan.Item item = items.get(i).item();
            bySource.computeIfAbsent(item.source(), source -> new ArrayList<>()).add(new Part.Target(item, i));
            asked.append(item.source()).append(' ').append(item.sourceItem()).append(' ');
            asked.append(item.type()).append('\n');
        }
        ThemePlan.Item first = items.getFirst().item();
        return new Link(
                name,
                Reference.of(plan, known(theme.rows()), first.source(), first.by()),
                parts(bySource),
                items.stream().mapToInt(Part.Target::to).toArray(),
                Fingerprint.of(asked.toString()));
    }

    private Source known(String name) {
        Source source = sources.get(name);
        if (source == null) {
            throw new IllegalStateException("a table names " + name + ", which is not read");
        }
        return source;
    }
}
