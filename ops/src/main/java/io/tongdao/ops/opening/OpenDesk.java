package io.tongdao.ops.opening;

import io.tongdao.contract.open.Opening;
import io.tongdao.contract.open.Opening.State;
import io.tongdao.contract.open.Opening.Step;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.PublicationPlan.Item;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Shield;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.open.Anonymiser;
import io.tongdao.lakehouse.open.Anonymiser.Result;
import io.tongdao.lakehouse.open.Draft;
import io.tongdao.lakehouse.open.Generaliser;
import io.tongdao.lakehouse.open.Outcome;
import io.tongdao.lakehouse.open.Remembered;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.exchange.EmbeddedKeys;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where tables are opened to the public and closed again (art. 37-42). One at a time on a data directory. Every decision is on record before its
 * files change; what an end in between leaves undone, the same decision once more completes.
 */
public final class OpenDesk {
    private static final Pattern APPLICANT = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** No number of a person or a document is the name of a directory. */
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{6}");

    private final DataDirectory data;
    private final Plan plan;
    private final OpenJournal journal;
    private final Supplier<Shield> shield;
    private final InstantSource clock;

    public OpenDesk(
            DataDirectory data, Plan plan, OpenJournal journal, Supplier<Shield> shield, InstantSource clock) {
        this.data = data;
        this.plan = plan;
        this.journal = journal;
        this.shield = shield;
        this.clock = clock;
    }

    /**
     * Who publishes, and for whom.
     *
     * @param applicant of a conditional publication; else empty, like both documents
     */
    public record Order(String by, String reason, String applicant, String undertaking, String agreement) {}

    /** What was published, and where. */
    public record Published(Version version, Path directory) {}

    /** @throws OpenRefused if the publication is not possible, with reasons and numbers */
    public Published publish(String id, Order order) throws IOException, InterruptedException {
        PublicationPlan publication = publication(id);
        conditions(publication, order);
        OpenShelf shelf = new OpenShelf(data);
        try (FileChannel channel = FileChannel.open(
                        shelf.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(channel)) {
            List<Opening> former = versions(id);
            if (former.stream().anyMatch(version -> version.state() == State.SUSPENDED)) {
                throw new OpenRefused(id + " is suspended: resume or withdraw what is, before more is published (art. 42)");
            }
            return publish(publication, order, shelf, former);
        }
    }

    private Published publish(PublicationPlan publication, Order order, OpenShelf shelf, List<Opening> former)
            throws IOException, InterruptedException {
        String id = publication.id();
        List<String> sensitive =
                publication.sensitive().stream().map(Item::name).toList();
        Seal seal = new Seal(EmbeddedKeys.openings(data));
        Draft draft = new Draft(
                publication,
                new Generaliser(plan.divisions()),
                seal::of,
                rows(publication, seal),
                shelf.remembered(id, sensitive));
        Anonymiser anonymiser = new Anonymiser(draft.snapshot(), publication.bounds());
        Result.Found found = found(publication, anonymiser);
        Outcome outcome = found.outcome();
        int last = former.stream().mapToInt(Opening::version).max().orElse(0);
        int number = Math.max(last, shelf.last(id)) + 1;
        Version version = new Version(
                publication,
                number,
                order.applicant(),
                clock.instant(),
                draft.rungs(outcome),
                outcome.published(),
                outcome.suppressed(),
                anonymiser.limit(),
                outcome.groups(),
                found.loss());
        List<Remembered> all = draft.remember(outcome);
        shelf.remember(id, number, sensitive, all);
        Path target = shelf.place(id, order.applicant(), number);
        shelf.publish(target, order.applicant().isEmpty(), empty -> {
            String manifest = OpenFiles.fill(empty, version, plan, draft.table(outcome));
            journal.write(opening(version, order, manifest));
        });
        return new Published(version, target);
    }

    private List<Draft.Row> rows(PublicationPlan publication, Seal seal) {
        try (LakeCatalog catalog = LakeCatalog.embedded(data.root())) {
            List<Draft.Row> rows = new OpenRows(plan, publication)
                    .read(LakeQuery.open(catalog, table -> true), shield, seal::of);
            if (rows.isEmpty()) {
                throw new OpenRefused(publication.table() + " has no rows: nothing to publish");
            }
            return rows;
        }
    }

    private static Result.Found found(PublicationPlan publication, Anonymiser anonymiser) {
        return switch (anonymiser.search()) {
            case Result.Found found -> found;
            case Result.Refused(Outcome nearest, int limit) ->
                throw new OpenRefused(
                        "%s is not published: on no choice of rungs do groups of %d with %d different values of each sensitive item leave out %d of %d rows or fewer; the nearest leaves out %d, of which %d small groups are a reason, the others cover rows that came or went since a former version. Add coarser rungs, leave items out, or wait until more rows have come"
                                .formatted(
                                        publication.id(),
                                        publication.bounds().k(),
                                        publication.bounds().l(),
                                        limit,
                                        nearest.rows(),
                                        nearest.suppressed(),
                                        nearest.small()));
        };
    }

    private Opening opening(Version version, Order order, String manifest) {
        return new Opening(
                version.publication().id(),
                version.number(),
                order.applicant(),
                order.undertaking(),
                order.agreement(),
                version.rows(),
                version.suppressed(),
                manifest,
                List.of(new Step(State.PUBLISHED, order.by(), order.reason(), version.at())));
    }

    private static void conditions(PublicationPlan publication, Order order) {
        boolean all = !order.applicant().isEmpty()
                && !order.undertaking().isBlank()
                && !order.agreement().isBlank();
        boolean none = order.applicant().isEmpty()
                && order.undertaking().isBlank()
                && order.agreement().isBlank();
        if (publication.conditional() && !all) {
            throw new OpenRefused(publication.id() + " is opened under conditions: give --for, --undertaking (承诺书) and"
                    + " --agreement (协议), art. 41");
        }
        if (!publication.conditional() && !none) {
            throw new OpenRefused(publication.id() + " is open to everybody: take --for, --undertaking and --agreement out");
        }
        if (all
                && (!APPLICANT.matcher(order.applicant()).matches()
                        || LONG_NUMBER.matcher(order.applicant()).find())) {
            throw new OpenRefused("--for becomes the name of a directory: write a short name of letters, digits and \"-\","
                    + " never the number of a person or a document");
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
        try (FileChannel channel = FileChannel.open(
                        shelf.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(channel)) {
            Instant now = clock.instant();
            List<Opening> decided = versions(id).stream()
                    .filter(version -> number == 0 || version.version() == number)
                    .filter(version -> possible(version, state, shelf))
                    .map(version -> version.state() == state
                            ? version
                            : version.then(new Step(state, by, reason, now)))
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
                    + (plan.publications().isEmpty() ? "none" : String.join(", ", plan.publications().keySet())));
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
