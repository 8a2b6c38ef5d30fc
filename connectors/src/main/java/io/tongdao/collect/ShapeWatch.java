package io.tongdao.collect;

import io.tongdao.collect.SchemaFlag.Change;
import io.tongdao.collect.SchemaFlag.Kind;
import io.tongdao.collect.TableShape.Column;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches one source table's shape and judges its changes (the catalogue's owner is told; what the catalogue relies on holds the rows
 * back). Asked only when an event brings a schema that the one before did not have.
 *
 * <p>Narrowed and retyped columns hold too: a database rewrites the values of such a column without one event, so that only another
 * reading of the table tells them. What holds goes on holding until the table is read again, even if the column comes back: the rows
 * that waited would not.
 */
final class ShapeWatch {
    private final Map<String, ItemPlan> catalogued = new LinkedHashMap<>();
    private @Nullable TableShape accepted;
    private List<Change> changes = List.of();

    /** @param known what was last told of the table in its epoch; null: the first shape seen is taken */
    ShapeWatch(DatasetPlan dataset, @Nullable SchemaFlag known) {
        dataset.items().values().stream()
                .filter(item -> !item.sourceName().isEmpty())
                .forEach(item -> catalogued.put(folded(item.sourceName()), item));
        if (known != null) {
            accepted = known.accepted();
            changes = known.changes();
        }
    }

    TableShape accepted() {
        if (accepted == null) {
            throw new IllegalStateException("no event has shown the table yet");
        }
        return accepted;
    }

    List<Change> changes() {
        return changes;
    }

    /** What holds the rows back, null: they flow. */
    @Nullable
    Change holding() {
        return changes.stream().filter(c -> !c.compatible()).findFirst().orElse(null);
    }

    /** Takes a shape; true if there is something new to tell. */
    boolean see(TableShape shape) {
        TableShape before = accepted;
        if (before == null) {
            accepted = shape;
            changes = missing(shape);
            return true;
        }
        boolean news = add(differences(before, shape));
        if (holding() == null && !before.equals(shape)) {
            accepted = shape;
            return true;
        }
        return news;
    }

    /** The source sent a change without the row before it; true if that is new. */
    boolean beforeImageLost() {
        return add(List.of(new Change("", "", Kind.BEFORE_IMAGE_LOST, "", false)));
    }

    private boolean add(List<Change> news) {
        List<Change> next = new ArrayList<>(changes);
        next.removeIf(old -> news.stream().anyMatch(c -> c.compatible() == old.compatible() && same(c, old)));
        next.addAll(news);
        boolean other = !new HashSet<>(next).equals(new HashSet<>(changes));
        changes = List.copyOf(next);
        return other;
    }

    private static boolean same(Change one, Change other) {
        return one.column().equals(other.column()) && (!one.column().isEmpty() || one.kind() == other.kind());
    }

    /** Columns that the catalogue relies on and a table never had since it was first seen. */
    private List<Change> missing(TableShape shape) {
        Set<String> there = new TreeSet<>();
        shape.columns().keySet().forEach(column -> there.add(folded(column)));
        List<Change> gone = new ArrayList<>();
        catalogued.forEach((column, item) -> {
            if (!there.contains(column)) {
                gone.add(new Change(item.sourceName(), item.name(), Kind.DROPPED, "", false));
            }
        });
        if (shape.key().isEmpty()) {
            gone.add(new Change("", "", Kind.KEY_CHANGED, "", false));
        }
        return gone;
    }

    private List<Change> differences(TableShape before, TableShape now) {
        List<Change> found = new ArrayList<>();
        List<String> gone = without(before, now);
        List<String> come = without(now, before);
        boolean renamed = gone.size() == 1
                && come.size() == 1
                && column(before, gone.getFirst()).equals(column(now, come.getFirst()));
        for (String column : gone) {
            found.add(change(column, renamed ? Kind.RENAMED : Kind.DROPPED, renamed ? come.getFirst() : "", false));
        }
        if (!renamed) {
            come.forEach(column ->
                    found.add(change(column, Kind.ADDED, column(now, column).toString(), true)));
        }
        before.columns().forEach((name, was) -> moved(name, was, now, found));
        if (!before.key().equals(now.key())) {
            found.add(new Change("", "", Kind.KEY_CHANGED, String.join(", ", now.key()), false));
        }
        return found;
    }

    private void moved(String name, Column was, TableShape now, List<Change> found) {
        Column is = now.columns().get(name);
        if (is == null) {
            return;
        }
        switch (was.to(is)) {
            case SAME -> {}
            case WIDENED -> found.add(change(name, Kind.WIDENED, is.toString(), true));
            case NARROWED -> found.add(change(name, Kind.NARROWED, is.toString(), false));
            case RETYPED -> found.add(change(name, Kind.RETYPED, is.toString(), false));
        }
    }

    /** What happens to a column that feeds no item holds nothing back. */
    private Change change(String column, Kind kind, String now, boolean compatible) {
        ItemPlan item = catalogued.get(folded(column));
        return new Change(column, item == null ? "" : item.name(), kind, now, compatible || item == null);
    }

    private static Column column(TableShape shape, String name) {
        Column column = shape.columns().get(name);
        if (column == null) {
            throw new IllegalArgumentException("the table has no column " + name);
        }
        return column;
    }

    private static List<String> without(TableShape one, TableShape other) {
        return one.columns().keySet().stream()
                .filter(name -> !other.columns().containsKey(name))
                .toList();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
