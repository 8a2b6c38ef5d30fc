package io.tongdao.ops.opening;

import io.tongdao.contract.open.Opening;
import io.tongdao.contract.open.Opening.State;
import io.tongdao.contract.open.Opening.Step;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Shield;
import io.tongdao.ops.embedded.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where tables are opened to the public and closed again (art. 37-42). One at a time on a data directory. Every decision is on record before its
 * files change; what an end in between leaves undone, the same decision once more completes.
 */
public final class OpenDesk {
    private final DataDirectory data;
    private final Plan plan;
    private final OpenJournal journal;
    private final Supplier<Shield> shield;
    private final InstantSource clock;

    public OpenDesk(DataDirectory data, Plan plan, OpenJournal journal, Supplier<Shield> shield, InstantSource clock) {
        this.data = data;
        this.plan = plan;
        this.journal = journal;
        this.shield = shield;
        this.clock = clock;
    }

    /** What was published, and where. */
    public record Published(Version version, Path directory) {}

    /** @throws OpenRefused if the publication is not possible, with reasons and numbers */
    public Published publish(String id, Order order) throws IOException, InterruptedException {
        PublicationPlan publication = publication(id);
        order.check(publication);
        OpenShelf shelf = new OpenShelf(data);
        try (FileChannel channel = FileChannel.open(shelf.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(channel)) {
            List<Opening> former = versions(id);
            if (former.stream().anyMatch(version -> version.state() == State.SUSPENDED)) {
                throw new OpenRefused(
                        id + " is suspended: resume or withdraw what is, before more is published (art. 42)");
            }
            return new Publishing(data, plan, journal, shield, clock).publish(publication, order, shelf, former);
        }
    }

    /**
     * Suspends, resumes or withdraws (art. 42).
     *
     * @param number of one version; 0: of every version of which it can be decided
     * @return the versions that it was decided of
     */
    public List<Opening> decide(String id, int number, State state, String by, String reason)
            throws IOException, InterruptedException {
        OpenShelf shelf = new OpenShelf(data);
        try (FileChannel channel = FileChannel.open(shelf.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(channel)) {
            Instant now = clock.instant();
            List<Opening> decided = versions(id).stream()
                    .filter(version -> number == 0 || version.version() == number)
                    .filter(version -> possible(version, state, shelf))
                    .map(version -> version.state() == state ? version : version.then(new Step(state, by, reason, now)))
                    .toList();
            if (decided.isEmpty()) {
                throw new OpenRefused("no version of " + id + " can be " + word(state) + ": see ./tongdao open list");
            }
            for (Opening version : decided) {
                if (version.steps().getLast().at().equals(now)) {
                    journal.write(version);
                }
                shelf.follow(version, title(id));
            }
            return decided;
        }
    }

    /** What was decided once may be said again, to complete it; what is withdrawn stays so. */
    private static boolean possible(Opening version, State wanted, OpenShelf shelf) {
        return switch (version.state()) {
            case PUBLISHED -> wanted != State.PUBLISHED || shelf.holds(version);
            case SUSPENDED -> true;
            case WITHDRAWN -> wanted == State.WITHDRAWN;
        };
    }

    private static String word(State state) {
        return state == State.PUBLISHED ? "resumed" : state.name().toLowerCase(Locale.ROOT);
    }

    /** All versions on record, of all publications. */
    public Collection<Opening> list() {
        return journal.all().values();
    }

    /** The versions of one publication, the oldest first. */
    public List<Opening> versions(String id) {
        return journal.all().values().stream()
                .filter(version -> version.publication().equals(id))
                .sorted(Comparator.comparing(Opening::version))
                .toList();
    }

    /** The publications of the catalogue in force. */
    public Collection<PublicationPlan> publications() {
        return plan.publications().values();
    }

    /** Where a version is, if its files stand. */
    public @Nullable Path directory(Opening version) throws IOException {
        OpenShelf shelf = new OpenShelf(data);
        return shelf.stands(version) ? shelf.place(version) : null;
    }

    private PublicationPlan publication(String id) {
        PublicationPlan found = plan.publications().get(id);
        if (found == null) {
            throw new OpenRefused("the catalogue has no publication " + id + "; it has: "
                    + (plan.publications().isEmpty()
                            ? "none"
                            : String.join(", ", plan.publications().keySet())));
        }
        return found;
    }

    private String title(String id) {
        PublicationPlan found = plan.publications().get(id);
        return found == null ? id : found.title();
    }

    private static FileLock locked(FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            lock = null;
        }
        if (lock == null) {
            throw new OpenRefused("another publication is being made on this data: wait until it is done");
        }
        return lock;
    }
}
