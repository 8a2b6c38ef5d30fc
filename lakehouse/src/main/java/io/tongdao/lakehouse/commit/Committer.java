package io.tongdao.lakehouse.commit;

import io.tongdao.lakehouse.commit.Progress.Share;
import io.tongdao.lakehouse.commit.TableStopped.Reason;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in which a topic's rows get into a table: offsets in the same commit, and a commit only if nobody else has touched this
 * writer's partitions. Of two writers of one partition one commits, the other is told {@link Reason#OWNERSHIP_LOST}.
 *
 * <p>A topic of the table's own epoch goes to {@code main}; one of a higher epoch to the branch {@code e<epoch>}, which
 * {@link #promote} turns into {@code main} in one step.
 */
public final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int ATTEMPTS = 40;

    private final Table table;
    private final Progress start;
    private final DayTags days;

    /** @param topicId Kafka's id of the topic */
    public Committer(Table table, String topic, String topicId, int epoch) {
        this(table, topic, topicId, epoch, DayTags.NONE);
    }

    /** @param days the ends of days to be kept */
    public Committer(Table table, String topic, String topicId, int epoch, DayTags days) {
        this.days = days;
        this.table = table;
        this.start = new Progress(topic, topicId, epoch, new TreeMap<>());
    }

    /** Where this topic's rows stand now. {@code snapshot} is null while the table has none. */
    public record Head(String ref, @Nullable Snapshot snapshot, Progress progress) {
        public boolean isMain() {
            return ref.equals(SnapshotRef.MAIN_BRANCH);
        }
    }

    /** Rows to add and remove, prepared anew for each attempt. */
    public interface Change {
        SnapshotUpdate<?> on(Table table, Head head);
    }

    public Table table() {
        return table;
    }

    /**
     * Reads the table anew; makes the branch of a new epoch.
     *
     * @throws TableStopped if the table is not this topic's to write
     */
    public Head head() {
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            Snapshot main = table.currentSnapshot();
            if (main == null) {
                return new Head(SnapshotRef.MAIN_BRANCH, null, start);
            }
            Progress progress = progress(main);
            if (progress.topicId().equals(start.topicId())) {
                return new Head(SnapshotRef.MAIN_BRANCH, main, progress);
            }
            if (progress.epoch() >= start.epoch()) {
                throw new TableStopped(
                        Reason.TOPIC_REPLACED,
                        table.name() + " holds epoch " + progress.epoch() + " of " + progress.topic() + " (topic id "
                                + progress.topicId() + "), not of topic id " + start.topicId());
            }
            Snapshot branch = table.snapshot(branch());
            if (branch != null && start.topicId().equals(progress(branch).topicId())) {
                return new Head(branch(), branch, progress(branch));
            }
            begin(main, branch, attempt);
        }
    }

    private Progress progress(Snapshot snapshot) {
        Progress progress = Progress.of(snapshot);
        if (progress == null) {
            throw new TableStopped(
                    Reason.NO_OFFSETS,
                    "snapshot " + snapshot.snapshotId() + " of " + table.name()
                            + " holds no offsets: something else committed; roll it back or name the offsets to go on from");
        }
        return progress;
    }

    private String branch() {
        return "e" + start.epoch();
    }

    /** An empty branch for the new epoch. Branches of epochs that never became complete go. */
    private void begin(Snapshot main, @Nullable Snapshot branch, int attempt) {
        try {
            if (branch == null) {
                var references = table.manageSnapshots();
                table.refs().keySet().stream()
                        .filter(ref -> ref.matches("e\\d+") && Integer.parseInt(ref.substring(1)) < start.epoch())
                        .forEach(references::removeBranch);
                references.createBranch(branch(), main.snapshotId()).commit();
            } else {
                var empty = table.newDelete()
                        .deleteFromRowFilter(Expressions.alwaysTrue())
                        .toBranch(branch());
                start.into(empty::set);
                empty.validateWith(ancestors -> startsAt(ancestors, branch)).commit();
            }
        } catch (CommitFailedException | ValidationException e) {
            pause(attempt, e);
        }
    }

    /**
     * Commits a change and the offsets that it leads to.
     *
     * @param id names this commit, so that it is found again when the answer to it was lost
     * @param from the parts of this writer's partitions as it last saw or wrote them
     * @param to the same parts after the change
     * @return the snapshot of this commit
     * @throws TableStopped if another writer has taken one of the partitions, or the change is refused for good
     */
    public Snapshot commit(String id, Map<Integer, Share> from, Map<Integer, Share> to, Change change) {
        for (int attempt = 1; ; attempt++) {
            Head head = head();
            Snapshot landed = attempt == 1 ? null : landed(id, head);
            if (landed != null) {
                return landed;
            }
            checkOwned(head, from);
            try {
                if (head.isMain()) {
                    days.before(table, head.snapshot(), System.currentTimeMillis());
                }
                SnapshotUpdate<?> update = change.on(table, head);
                head.progress().with(to).into(update::set);
                update.set(Progress.COMMIT, id);
                update.toBranch(head.ref());
                update.validateWith(ancestors -> startsAt(ancestors, head.snapshot()));
                update.commit();
                return Objects.requireNonNull(landed(id, head()), "a commit that succeeded is in the table");
            } catch (CommitFailedException | ValidationException e) {
                pause(attempt, e);
            } catch (RuntimeException e) {
                // the answer may be lost while the commit stands: what the table says decides
                Snapshot found = landed(id, head());
                if (found == null) {
                    throw e;
                }
                LOG.warn("{}: commit {} stands although its answer was an error", table.name(), id, e);
                return found;
            }
        }
    }

    /** Makes the complete branch the table and drops it; no effect if that has happened. */
    public void promote() {
        for (int attempt = 1; ; attempt++) {
            Head head = head();
            if (head.isMain()) {
                return;
            }
            try {
                table.manageSnapshots()
                        .replaceBranch(SnapshotRef.MAIN_BRANCH, head.ref())
                        .removeBranch(head.ref())
                        .commit();
            } catch (CommitFailedException e) {
                pause(attempt, e);
            }
        }
    }

    private static boolean startsAt(Iterable<Snapshot> ancestors, @Nullable Snapshot expected) {
        Iterator<Snapshot> newest = ancestors.iterator();
        return expected == null
                ? !newest.hasNext()
                : newest.hasNext() && newest.next().snapshotId() == expected.snapshotId();
    }

    private @Nullable Snapshot landed(String id, Head head) {
        Snapshot newest = head.snapshot();
        if (newest == null) {
            return null;
        }
        for (Snapshot each : SnapshotUtil.ancestorsOf(newest.snapshotId(), table::snapshot)) {
            if (id.equals(each.summary().get(Progress.COMMIT))) {
                return each;
            }
        }
        return null;
    }

    private void checkOwned(Head head, Map<Integer, Share> from) {
        from.forEach((partition, share) -> {
            Share now = head.progress().share(partition);
            if (!now.sameAs(share)) {
                throw new TableStopped(
                        Reason.OWNERSHIP_LOST,
                        "partition " + partition + " of " + table.name()
                                + " stands at offset " + now.offset() + " by writer " + now.generation() + ":"
                                + now.writer()
                                + ", this writer left it at " + share.offset());
            }
        });
    }

    private void pause(int attempt, RuntimeException cause) {
        if (attempt >= ATTEMPTS) {
            TableStopped stopped = new TableStopped(
                    Reason.REFUSED, attempt + " attempts to commit to " + table.name() + " were refused");
            stopped.initCause(cause);
            throw stopped;
        }
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, 20L * Math.min(attempt, 20))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
