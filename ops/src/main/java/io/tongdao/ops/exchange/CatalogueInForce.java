package io.tongdao.ops.exchange;

import io.tongdao.contract.catalogue.CatalogueArchive;
import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.change.References;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.provision.CatalogueDesk;
import io.tongdao.ops.provision.CatalogueJournal;
import io.tongdao.ops.provision.CatalogueShelf;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * The published catalogue as the exchange reads it (art. 14): its versions compiled for here, and how far the newest is carried out. For one
 * thread.
 */
final class CatalogueInForce implements AutoCloseable {
    /** Days of the catalogue are days of the province. */
    static final ZoneId HERE = ZoneId.of("Asia/Shanghai");

    private final CatalogueJournal journal;
    private final CatalogueShelf shelf;
    private final Map<String, String> variables;

    /** @param variables what stands for <code>${…}</code> in the catalogue's connections */
    CatalogueInForce(Map<String, Object> client, Path run, Map<String, String> variables) {
        this.journal = new CatalogueJournal(client);
        this.shelf = new CatalogueShelf(run);
        this.variables = Map.copyOf(variables);
        journal.toEnd();
    }

    /** Publishes the directory's catalogue if none was published yet. */
    void begin(Path directory, Map<String, Object> desk) {
        if (journal.newest().isEmpty()) {
            try (CatalogueDesk first = new CatalogueDesk(desk, InstantSource.system())) {
                first.publish(0, CatalogueArchive.pack(directory), author(), "the first catalogue", References.NONE);
            }
            journal.await(1);
        }
        if (journal.progress().isEmpty()) {
            journal.write(CatalogueProgress.inForce(1, Instant.now()));
        }
    }

    /** The day that it is in the province. */
    static LocalDate today(InstantSource clock) {
        return LocalDate.ofInstant(clock.instant(), HERE);
    }

    static String author() {
        return System.getProperty("user.name", "unknown");
    }

    CatalogueJournal journal() {
        return journal;
    }

    CatalogueProgress progress() {
        return journal.progress().orElseThrow();
    }

    CatalogueVersion version(int number) {
        return journal.version(number);
    }

    Path directory(int number) {
        return shelf.directory(version(number), journal);
    }

    /**
     * Compiles a version, by the day on which it was published: what has expired since is told by {@code check}, not by a stop.
     *
     * @throws StartFailedException if this program no longer takes it
     */
    Plan plan(int number) {
        CatalogueVersion version = version(number);
        try {
            return PlanSource.compile(directory(number), variables, version.accepted());
        } catch (CatalogueRefused e) {
            throw new StartFailedException(
                    "catalogue %s was accepted by an earlier Tongdao and is not by this one: %s (and %d more). Correct it with that one, or begin a new --data"
                            .formatted(
                                    version.name(),
                                    e.problems().getFirst(),
                                    e.problems().size() - 1),
                    e);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
