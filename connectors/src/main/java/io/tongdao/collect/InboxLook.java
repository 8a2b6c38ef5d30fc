package io.tongdao.collect;

import io.tongdao.collect.FileReceipt.Outcome;
import io.tongdao.collect.files.Drop;
import io.tongdao.collect.files.DropCheck;
import io.tongdao.collect.files.DropFolder;
import io.tongdao.collect.files.FileDigest;
import io.tongdao.collect.files.Manifest;
import io.tongdao.collect.files.UnfitFile;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look into an inbox: every drop in it is taken, moved aside or left to wait.
 *
 * @param tables the datasets that come by the inbox
 * @param taking told before a file is taken
 * @param taken told after it, with null if it was not
 */
record InboxLook(
        DropFolder folder,
        FileSession session,
        Map<String, FileTable> tables,
        DropCheck check,
        BiConsumer<Manifest, FileTally> taking,
        Consumer<@Nullable FileLoad> taken) {
    private static final Logger LOG = LoggerFactory.getLogger(InboxLook.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /** A drop whose manifest could be read. */
    private record Announced(Drop drop, Manifest manifest) {}

    /** Each dataset's in the order of their sequence. Returns what stays in the inbox, and why: a line each. */
    List<String> settle(List<Drop> drops) throws IOException {
        List<String> waiting = new ArrayList<>();
        List<Announced> announced = announced(drops, waiting);
        Set<String> held = new HashSet<>();
        for (Announced next : announced) {
            String why = held.contains(next.manifest().dataset()) ? "waits for those before it" : settle(next);
            if (why != null) {
                held.add(next.manifest().dataset());
                waiting.add(next.manifest().id() + ": " + why);
            }
        }
        return waiting;
    }

    /** Those that can be read, each dataset's in their order. */
    private List<Announced> announced(List<Drop> drops, List<String> waiting) throws IOException {
        List<Announced> announced = new ArrayList<>();
        for (Drop drop : drops) {
            try {
                Manifest manifest = check.manifest(drop, tables.keySet(), Instant.now());
                if (manifest == null) {
                    waiting.add("a manifest: it is being written");
                } else {
                    announced.add(new Announced(drop, manifest));
                }
            } catch (UnfitFile e) {
                String id = "manifest."
                        + FileDigest.of(FileDigest.Algorithm.SHA256, drop.manifest())
                                .brief();
                failed(drop, id, e);
            }
        }
        announced.sort(Comparator.comparing((Announced each) -> each.manifest().dataset())
                .thenComparing(each -> each.manifest().sequence())
                .thenComparing(each -> each.manifest().takenAt()));
        return announced;
    }

    /** Does with a drop what is to be done; returns why it stays in the inbox, null if it has left. */
    private @Nullable String settle(Announced next) throws IOException {
        Manifest manifest = next.manifest();
        FileTable table = tables.get(manifest.dataset());
        if (table == null) {
            return "the dataset has left the catalogue";
        }
        FileOrder order = FileOrder.of(
                manifest,
                session.ledger().newest(table.id()),
                session.ledger().of(table.id(), manifest.sequence()),
                Definition.of(table.dataset));
        try {
            switch (order) {
                case FileOrder.Held held -> {
                    return held.why();
                }
                case FileOrder.Refused refused -> throw new UnfitFile(refused.why());
                case FileOrder.Taken taken
                when folder.receipted(manifest.id()) -> needless(next, Outcome.DUPLICATE, taken.load());
                case FileOrder.Taken taken ->
                    folder.done(
                            next.drop(),
                            manifest.id(),
                            FileReceipt.of(manifest.id(), Outcome.TAKEN, taken.load(), List.of()));
                case FileOrder.Superseded superseded -> needless(next, Outcome.SUPERSEDED, superseded.by());
                case FileOrder.Take take -> {
                    String why = check.waiting(next.drop(), manifest, Instant.now());
                    if (why != null) {
                        return why;
                    }
                    take(next, table);
                }
            }
        } catch (UnfitFile e) {
            failed(next.drop(), manifest.id(), e);
            if (session.over()) {
                throw new KafkaException("a transaction is over");
            }
        }
        return null;
    }

    private void needless(Announced next, Outcome outcome, FileLoad by) throws IOException {
        String id = next.manifest().id() + '.' + STAMP.format(Instant.now());
        LOG.info("collect {}: {}", next.manifest().id(), outcome);
        folder.done(next.drop(), id, FileReceipt.of(next.manifest().id(), outcome, by, List.of()));
    }

    private void take(Announced next, FileTable table) throws IOException, UnfitFile {
        FileTally tally = new FileTally();
        Manifest manifest = next.manifest();
        taking.accept(manifest, tally);
        FileLoad load = null;
        try {
            load = session.take(next.drop().file(), manifest, table, tally);
        } finally {
            taken.accept(load);
        }
        LOG.info(
                "collect {}: taken as load {} of epoch {}: {} rows, {} records, {} keys ended, {} rejected",
                load.id(),
                load.load(),
                load.epoch(),
                load.rows(),
                load.records(),
                load.ended(),
                load.rejected());
        folder.done(next.drop(), load.id(), FileReceipt.of(load.id(), Outcome.TAKEN, load, tally.refusals()));
    }

    private void failed(Drop drop, String id, UnfitFile e) throws IOException {
        LOG.warn(
                "collect {}: not taken, {} problems; the report is in the failed folder",
                id,
                e.problems().size());
        folder.failed(drop, id + '.' + STAMP.format(Instant.now()), e.problems());
    }
}
