package io.tongdao.lakehouse.query;

import io.tongdao.contract.catalogue.Nearest;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.commit.Progress;
import io.tongdao.lakehouse.query.TableRights.Right;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** The tables of the one who asks: which there are for him, and why one is not answered. */
final class Readable {

    private final LakeCatalog catalog;
    private final TableRights rights;

    Readable(LakeCatalog catalog, TableRights rights) {
        this.catalog = catalog;
        this.rights = rights;
    }

    /** Where a table that may be read is found. */
    sealed interface Found {
        /** In the catalog. */
        record InLake(TableVersion version) implements Found {}

        /** In a file of its own. */
        record InFile(TableRef ref, Path parquet) implements Found {}
    }

    List<String> tables() {
        Set<String> readable = new TreeSet<>(rights.snapshots().keySet());
        catalog.tables().stream().filter(table -> refusal(table).isEmpty()).forEach(readable::add);
        return List.copyOf(readable);
    }

    /** @throws QueryRefused if there is no such table for him, or it is not answered */
    Found find(TableRef mentioned) {
        String name = resolve(mentioned.table());
        Path file = rights.snapshots().get(name);
        if (file != null) {
            if (!mentioned.moment().isEmpty()) {
                throw new QueryRefused(name + " is a published version, which never changes: ask without AS OF");
            }
            return new Found.InFile(TableRef.now(name), file);
        }
        Table table = catalog.table(name);
        return new Found.InLake(new TableVersion(
                new TableRef(mentioned.moment(), name),
                table,
                mentioned.moment().isEmpty() ? table.currentSnapshot() : then(name, table, mentioned.moment())));
    }

    private Snapshot then(String name, Table table, String moment) {
        if (!(rights.on(name) instanceof Right.Whole)) {
            throw new QueryRefused(
                    name + " is answered as it stands: AS OF is for the authority and for who provides a table");
        }
        return new Moments(name, table, Instant.now()).at(moment);
    }

    private String resolve(String mentioned) {
        Set<String> known = new TreeSet<>(rights.snapshots().keySet());
        known.addAll(catalog.tables());
        Optional<String> found = known.stream()
                .filter(table -> table.equalsIgnoreCase(mentioned))
                .filter(table -> rights.snapshots().containsKey(table) || !(rights.on(table) instanceof Right.Unknown))
                .findFirst();
        if (found.isEmpty()) {
            throw new QueryRefused("no table " + mentioned + nearest(mentioned, tables()));
        }
        if (!rights.snapshots().containsKey(found.get())) {
            refusal(found.get()).ifPresent(why -> {
                throw new QueryRefused(why);
            });
        }
        return found.get();
    }

    /** Why a table of the lakehouse is not answered; empty: it is. */
    private Optional<String> refusal(String table) {
        return switch (rights.on(table)) {
            case Right.Whole whole -> Optional.empty();
            case Right.Shown(String topic) ->
                shows(table, topic)
                        ? Optional.empty()
                        : Optional.of(table + " still holds what was released before; ask again when " + topic
                                + " has become the table: ./tongdao status");
            case Right.Closed(String why) -> Optional.of(why);
            case Right.Unknown unknown -> Optional.of("no table " + table);
        };
    }

    /** An empty table shows nothing, whatever is granted. */
    private boolean shows(String table, String topic) {
        Snapshot present = catalog.table(table).currentSnapshot();
        return present == null || topic.equals(Progress.topic(present));
    }

    private static String nearest(String mentioned, List<String> known) {
        String wanted = mentioned.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(table -> table.endsWith("." + wanted))
                .findFirst()
                .or(() -> Nearest.to(wanted, known))
                .map(table -> "; did you mean " + table + "?")
                .orElse(known.isEmpty() ? "; there are no tables yet" : "; there are " + String.join(", ", known));
    }
}
