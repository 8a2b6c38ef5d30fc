package io.tongdao.ops.exchange;

import io.tongdao.collect.CollectStatus;
import io.tongdao.collect.SourceState;
import io.tongdao.compose.ComposeStage;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.verify.Held;
import io.tongdao.reconcile.ReconcileStage;
import io.tongdao.release.HeldRows;
import io.tongdao.release.ReleaseStage;
import io.tongdao.runtime.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;

/**
 * What is held, asked of this process's own stages: all tasks are here. It is current if the table's sources are followed and every stage on its
 * way has worked off what there was; that is asked at most once a second.
 */
final class HeldHere implements Held {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String BASE = "base.";
    private final Exchange exchange;
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();

    HeldHere(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Plan plan() {
        return exchange.plan();
    }

    @Override
    public WireFormat wire() {
        return exchange.wire();
    }

    @Override
    public Map<String, Grant> grants() {
        return exchange.grants().grants();
    }

    @Override
    public Optional<HeldRows.Task> task(SubjectKind kind, int partition) {
        return exchange.stage(ReleaseStage.NAME).flatMap(stage -> HeldRows.Task.of(stage, kind, partition));
    }

    @Override
    public boolean current(String table) {
        if (!exchange.settled()) {
            return false;
        }
        Instant known = asked.get(table);
        Instant now = Instant.now();
        if (known != null && now.isBefore(known.plus(FRESH))) {
            return true;
        }
        if (!followed(sources(exchange.plan(), table)) || !workedOff(table)) {
            return false;
        }
        asked.put(table, now);
        return true;
    }

    private boolean workedOff(String table) {
        boolean theme = exchange.plan().theme(table) != null;
        boolean golden = theme || table.startsWith(BASE);
        try {
            return (!golden || caughtUp(ReconcileStage.NAME))
                    && (!theme || caughtUp(ComposeStage.NAME))
                    && caughtUp(ReleaseStage.NAME);
        } catch (KafkaException e) {
            return false;
        }
    }

    private boolean caughtUp(String stage) {
        Optional<Stage> running = exchange.stage(stage);
        return running.isPresent() && running.get().caughtUp(PATIENCE);
    }

    /** Whether each dataset was read whole once and is followed since. */
    private boolean followed(Set<String> datasets) {
        Set<String> open = new TreeSet<>(datasets);
        exchange.collectors().stream()
                .map(collector -> collector.status())
                .filter(CollectStatus::running)
                .flatMap(connection -> connection.datasets().stream())
                .filter(dataset -> dataset.state() == SourceState.State.STREAMING)
                .forEach(dataset -> open.remove(dataset.dataset()));
        exchange.inboxes().stream()
                .flatMap(inbox -> inbox.status().datasets().stream())
                .filter(dataset -> dataset.last() != null && dataset.taking() == null)
                .forEach(dataset -> open.remove(dataset.dataset()));
        return open.isEmpty();
    }

    /** The datasets that a table comes of. */
    private static Set<String> sources(Plan plan, String table) {
        ThemePlan theme = plan.theme(table);
        Set<String> found = new TreeSet<>();
        if (theme != null) {
            theme.sources().forEach(source -> found.addAll(sources(plan, source)));
            return found;
        }
        BasePlan base = table.startsWith(BASE) ? plan.bases().get(table.substring(BASE.length())) : null;
        if (base == null) {
            return Set.of(table);
        }
        base.items().values().forEach(item -> found.addAll(item.sources()));
        return found;
    }
}
