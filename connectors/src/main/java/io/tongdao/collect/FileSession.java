package io.tongdao.collect;

import io.tongdao.collect.files.FileDigest;
import io.tongdao.collect.files.FileRows;
import io.tongdao.collect.files.Holdings;
import io.tongdao.collect.files.Holdings.Stamp;
import io.tongdao.collect.files.Manifest;
import io.tongdao.collect.files.Manifest.Kind;
import io.tongdao.collect.files.Scratch;
import io.tongdao.collect.files.UnfitFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Takes an inbox's files, one transaction each, from the moment when it has shut out whoever did so before until something fails: then
 * it is closed, and another one begins from what is committed. For one thread.
 */
final class FileSession implements AutoCloseable {
    /** A full load with so many rows fewer than are held is meant only if its manifest says so. */
    static final long FEW = 1000;

    private final FileSettings settings;
    private final FileOutbox outbox;
    private final FileLedger ledger;
    private final Path scratch;
    private final Map<String, Holdings> holdings = new HashMap<>();
    private boolean over;

    /** @throws org.apache.kafka.common.KafkaException if Kafka does not answer */
    FileSession(String inbox, FileSettings settings) throws IOException {
        this.settings = settings;
        this.scratch = Scratch.empty(settings.scratch().resolve(inbox));
        this.outbox = new FileOutbox(settings.collect().kafka(), inbox);
        boolean read = false;
        try {
            this.ledger = FileLedger.read(settings.collect().kafka());
            read = true;
        } finally {
            if (!read) {
                outbox.close();
            }
        }
    }

    /** Whether it must be closed, though nothing was thrown that says so. */
    boolean over() {
        return over;
    }

    FileLedger ledger() {
        return ledger;
    }

    /**
     * Takes a file whose bytes are what the manifest says.
     *
     * @throws UnfitFile if it holds something else than the manifest says; the session goes on
     * @throws IOException if it can't be read, or has changed meanwhile; the session goes on
     * @throws RuntimeException if it is not known whether it was taken: the session must be closed
     */
    FileLoad take(Path file, Manifest manifest, FileTable table, FileTally tally) throws IOException, UnfitFile {
        count(file, manifest, table);
        @Nullable FileLoad before = ledger.newest(table.id());
        String definition = Definition.of(table.dataset);
        boolean first = before == null || !before.definition().equals(definition);
        Stamp stamp = new Stamp(
                before == null ? 1 : before.epoch() + (first ? 1 : 0), before == null ? 1 : before.load() + 1);
        Holdings held = held(table);
        outbox.begin();
        Instant begun = Instant.now();
        boolean taken = false;
        try (FileRows rows = FileRows.open(file, table.intake, table.columns(manifest), scratch)) {
            FileTaking taking = new FileTaking(
                    table,
                    manifest,
                    stamp,
                    first,
                    rows,
                    held,
                    outbox,
                    new AvroRowConverter(settings.collect().registry()),
                    settings.collect().digestKey(),
                    tally);
            long heldBefore = held.size();
            taking.rows();
            if (manifest.kind() == Kind.FULL) {
                meant(manifest, heldBefore, held.size() - taking.absent());
                taking.rest();
            }
            same(file, manifest);
            FileLoad load = load(manifest, stamp, definition, taking.sent(), tally);
            outbox.commit(load);
            ledger.add(load);
            taken = true;
            return load;
        } catch (UnfitFile | IOException e) {
            outbox.abort();
            throw e;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            if (begun.plus(FileOutbox.LONGEST).isAfter(Instant.now())) {
                throw e;
            }
            over = true;
            throw new UnfitFile("it could not be taken within %d minutes, the longest that a transaction lasts"
                    .formatted(FileOutbox.LONGEST.toMinutes()));
        } finally {
            if (!taken) {
                forget(table.id());
            }
        }
    }

    /** Every row is read before one is taken: that there are as many as the manifest says, and that they can be read. */
    private void count(Path file, Manifest manifest, FileTable table) throws IOException, UnfitFile {
        long rows = 0;
        try (FileRows all = FileRows.open(file, table.intake, table.columns(manifest), scratch)) {
            while (all.next() != null) {
                rows++;
            }
        }
        if (rows != manifest.rows()) {
            throw new UnfitFile("rows: the file has %,d, the manifest says %,d".formatted(rows, manifest.rows()));
        }
    }

    /** An export that broke off looks like a province that lost its people. */
    private static void meant(Manifest manifest, long before, long now) throws UnfitFile {
        if (!manifest.shrinks() && now < before - Math.max(FEW, before / 5)) {
            throw new UnfitFile(("a full load of %,d keys where %,d are held would end more than a fifth of them."
                            + " If that is meant, write \"shrinks\": true into the manifest and drop it again")
                    .formatted(now, before));
        }
    }

    private static void same(Path file, Manifest manifest) throws IOException {
        if (!FileDigest.of(manifest.digest().algorithm(), file).equals(manifest.digest())) {
            throw new IOException("the file changed while it was read");
        }
    }

    private static FileLoad load(Manifest manifest, Stamp stamp, String definition, long sent, FileTally tally) {
        return new FileLoad(
                manifest.dataset(),
                manifest.id(),
                stamp.epoch(),
                stamp.load(),
                definition,
                manifest.sequence(),
                manifest.kind(),
                manifest.digest().toString(),
                manifest.takenAt(),
                Instant.now(),
                tally.rows.get(),
                sent,
                tally.unchanged,
                tally.ended,
                tally.unheld,
                tally.rejected);
    }

    private Holdings held(FileTable table) {
        Holdings known = holdings.get(table.id());
        if (known == null) {
            known = FileHoldings.read(
                    table, scratch.resolve(table.id()), settings.collect().kafka());
            holdings.put(table.id(), known);
        }
        return known;
    }

    private void forget(String dataset) {
        Holdings known = holdings.remove(dataset);
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() {
        outbox.close();
        holdings.values().forEach(Holdings::close);
        holdings.clear();
    }
}
