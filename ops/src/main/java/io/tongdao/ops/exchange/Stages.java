package io.tongdao.ops.exchange;

import io.tongdao.compose.ComposeStage;
import io.tongdao.contract.change.Touched;
import io.tongdao.contract.grant.GrantTables;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.embedded.Closing;
import io.tongdao.ops.provision.Provisioner;
import io.tongdao.quality.QualityStage;
import io.tongdao.reconcile.ReconcileStage;
import io.tongdao.release.ReleaseStage;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageApp;
import io.tongdao.runtime.StageStatus;
import io.tongdao.runtime.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The stages that compute, in flow order, each on the plan that it was started with. One that builds on nothing that changed runs on
 * through a change of the plan.
 */
final class Stages implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(60);
    private final Function<String, StreamsSettings> settings;
    private final BiFunction<Plan, LocalDate, List<StageApp>> apps;
    private final StageWatch watch;
    private final InstantSource clock;
    private final Map<String, Running> running = new LinkedHashMap<>();
    /** With the rules in force when the stages were started. */
    private Plan plan;

    private final LocalDate begun;

    /** As the catalogue has it: with the rules that begin later. */
    private Plan whole;

    /** Told by a stage that stops by itself, in one line. */
    interface StageWatch {
        void stopped(String line);
    }

    private int newest;

    /** Those whose state is being taken away. */
    private final Set<String> cleared = new HashSet<>();

    private record Running(Stage stage, int version) {}

    /**
     * @param apps the stages of a plan by the rules of a day, in flow order
     * @param settings how a stage, by its name, reaches the cluster
     * @param clock says which day it is
     */
    Stages(
            Plan plan,
            BiFunction<Plan, LocalDate, List<StageApp>> apps,
            Function<String, StreamsSettings> settings,
            StageWatch watch,
            InstantSource clock) {
        this.clock = clock;
        this.whole = plan;
        this.begun = CatalogueInForce.today(clock);
        this.plan = plan.on(begun);
        this.apps = apps;
        this.settings = settings;
        this.watch = watch;
    }

    synchronized void start(int version) {
        newest = version;
        apps.apply(whole, begun).forEach(app -> start(app, version));
    }

    /** The day whose rules they were first started with. */
    LocalDate begun() {
        return begun;
    }

    synchronized List<Stage> all() {
        return running.values().stream().map(Running::stage).toList();
    }

    /** A stage by its name; empty: it doesn't run. */
    synchronized Optional<Stage> one(String stage) {
        return Optional.ofNullable(running.get(stage)).map(Running::stage);
    }

    /** The version of the catalogue that a stage runs on. */
    synchronized int version(String stage) {
        Running one = running.get(stage);
        return one == null ? 0 : one.version();
    }

    /** Starts what the next plan touches again; the rest is on that version too. Returns the names of those started again. */
    synchronized List<String> move(Plan next, int version, Provisioner provisioner) {
        newest = version;
        LocalDate today = CatalogueInForce.today(clock);
        Plan dated = next.on(today);
        Touched touched = Touched.by(plan, dated);
        List<StageApp> wanted = apps.apply(next, today);
        List<String> again = new ArrayList<>();
        for (StageApp app : wanted) {
            if (cleared.contains(app.stage())) {
                continue;
            }
            Running old = running.get(app.stage());
            if (touched(touched, app.stage()) || old == null) {
                if (old != null) {
                    old.stage().close();
                    provisioner.forget(StreamsSettings.applicationId(app.stage()), dropped(app.stage(), dated));
                }
                start(app, version);
                again.add(app.stage());
            } else {
                running.put(app.stage(), new Running(old.stage(), version));
            }
        }
        retire(wanted.stream().map(StageApp::stage).toList());
        plan = dated;
        whole = next;
        again.forEach(this::awaitRunning);
        return again;
    }

    /** Ends a stage, which nothing starts again until {@link #begin} does. */
    synchronized void end(String stage) {
        cleared.add(stage);
        Running old = running.remove(stage);
        if (old != null) {
            old.stage().close();
        }
    }

    /** Starts a stage that was ended, on the plan in force; one that runs goes on. */
    synchronized void begin(String stage) {
        cleared.remove(stage);
        if (!running.containsKey(stage)) {
            apps.apply(whole, CatalogueInForce.today(clock)).stream()
                    .filter(app -> app.stage().equals(stage))
                    .forEach(app -> start(app, newest));
        }
    }

    /** Does something with the plan that the stages run on, which does not change meanwhile. */
    synchronized void standing(Consumer<Plan> act) {
        act.accept(whole);
    }

    /** Lets rules that begin today begin. Returns the names of the stages that were started again. */
    synchronized List<String> newDay(int version, Provisioner provisioner) {
        return move(whole, version, provisioner);
    }

    private static boolean touched(Touched touched, String stage) {
        return switch (stage) {
            case ReconcileStage.NAME -> touched.reconcile();
            case ComposeStage.NAME -> touched.compose();
            case QualityStage.NAME -> touched.quality();
            case ReleaseStage.NAME -> touched.release();
            default -> true;
        };
    }

    /** Stops what the next plan has nothing to do for. */
    private void retire(List<String> needed) {
        for (String name : List.copyOf(running.keySet())) {
            Running one = needed.contains(name) ? null : running.remove(name);
            if (one != null) {
                one.stage().close();
            }
        }
    }

    private Set<String> dropped(String stage, Plan next) {
        Set<String> dropped = new TreeSet<>(read(stage, plan));
        dropped.removeAll(read(stage, next));
        if (stage.equals(QualityStage.NAME)) {
            // Rows that wait for no change are judged by the new rules all the same.
            Touched.rejudged(plan, next)
                    .forEach(id -> dropped.add(next.table(id).name()));
        }
        return dropped;
    }

    private static Set<String> read(String stage, Plan plan) {
        Set<String> topics = new TreeSet<>();
        if (stage.equals(ReconcileStage.NAME)) {
            plan.bases()
                    .values()
                    .forEach(base -> base.sources()
                            .forEach(dataset -> topics.add(plan.table(dataset).name())));
            plan.reconciled()
                    .forEach(kind -> topics.addAll(
                            List.of(Names.objections(kind), Names.rulings(kind), Names.identities(kind))));
        } else if (stage.equals(ComposeStage.NAME)) {
            plan.themes()
                    .values()
                    .forEach(theme -> theme.sources()
                            .forEach(source -> topics.add(plan.table(source).name())));
        } else if (stage.equals(QualityStage.NAME)) {
            plan.rules().forEach((id, rules) -> {
                if (!rules.isEmpty()) {
                    topics.add(plan.table(id).name());
                }
            });
        } else {
            for (SubjectKind kind : GrantTables.kinds(plan)) {
                topics.addAll(GrantTables.tables(plan, kind).keySet());
            }
        }
        return topics;
    }

    private void start(StageApp app, int version) {
        Stage stage = Stage.start(
                app,
                settings.apply(app.stage()),
                failed -> watch.stopped("stage " + failed.stage() + " stopped: " + String.join(" < ", failed.what())));
        running.put(app.stage(), new Running(stage, version));
    }

    private void awaitRunning(String name) {
        Running one = running.get(name);
        Instant limit = Instant.now().plus(STARTING);
        while (one != null
                && one.stage().status().state() == StageStatus.State.STARTING
                && Instant.now().isBefore(limit)) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public synchronized void close() {
        Closing.together(running.values().stream().map(Running::stage).toList());
    }
}
