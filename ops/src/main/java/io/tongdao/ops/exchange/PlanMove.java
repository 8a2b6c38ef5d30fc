package io.tongdao.ops.exchange;

import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.change.GrantEffect;
import io.tongdao.contract.change.PlanDiff;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.provision.CatalogueDesk;
import io.tongdao.ops.provision.CollectDesk;
import io.tongdao.ops.provision.GrantDesk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a version of the catalogue out on the running exchange, room by room, without stopping what it doesn't touch. Every step may be
 * repeated: after a kill or a fault the same call goes on to the same end.
 *
 * <p>First all is made that the next plan needs beside the present one. Then grants that it restricts are cut, under the plan that let them flow;
 * only then the rooms move. So nothing is released by a rule that the catalogue no longer has.
 */
final class PlanMove {
    private static final Logger LOG = LoggerFactory.getLogger(PlanMove.class);
    private static final Duration CUT = Duration.ofSeconds(60);
    private final CatalogueInForce catalogue;
    private final Rooms rooms;

    /** What is moved. */
    interface Rooms {
        /** Makes topics, schemas, users and rights of the next plan beside the present one's. */
        void prepare(Plan next);

        /** Has grants checked against the next plan from now on. */
        void check(Plan next);

        /** Lets stages, collection, sink and delivery follow the next plan; says which started again. */
        List<String> move(Plan next, CatalogueVersion version);

        /** Takes away what only the earlier plan needed. */
        void settle(CatalogueVersion version, Path directory);

        /** Lets stages follow rules that begin on the day that has begun; says which started again. */
        List<String> newDay(int version);

        GrantDesk desk(Plan plan);

        CollectDesk orders(Plan plan);
    }

    PlanMove(CatalogueInForce catalogue, Rooms rooms) {
        this.catalogue = catalogue;
        this.rooms = rooms;
    }

    /** Goes from what runs to the newest version. Returns at once if that is in force. */
    void run() {
        CatalogueVersion newest = catalogue.journal().newest().orElseThrow();
        CatalogueProgress progress = catalogue.progress();
        if (progress.settled() && progress.target() == newest.version()) {
            return;
        }
        if (progress.target() != newest.version()) {
            note(progress.towards(newest.version(), Instant.now()));
        }
        Plan now = catalogue.plan(catalogue.progress().running());
        Plan next = catalogue.plan(newest.version());
        if (catalogue.progress().running() != newest.version()) {
            before(now, next, newest);
        }
        after(next, newest);
        LOG.info("catalogue {} is in force", newest.name());
    }

    /** A day has begun. */
    void newDay() {
        List<String> again = rooms.newDay(catalogue.progress().running());
        if (!again.isEmpty()) {
            LOG.info("rules of the catalogue begin today; started again: {}", again);
        }
    }

    private void before(Plan now, Plan next, CatalogueVersion version) {
        rooms.prepare(next);
        step("topics, schemas, users and rights are made");
        GrantDesk desk = rooms.desk(now);
        List<GrantEffect> effects =
                CatalogueDesk.effects(now, next).of(desk.list().values());
        for (GrantEffect effect : effects) {
            cut(desk, effect, version);
        }
        awaitCuts(desk, version);
        note(catalogue.progress().moved(Instant.now()));
    }

    private void after(Plan next, CatalogueVersion version) {
        rooms.check(next);
        GrantDesk desk = rooms.desk(next);
        Collection<Grant> grants = desk.list().values();
        grants.stream().filter(grant -> waits(grant, version)).forEach(grant -> narrow(desk, grant, next));
        PlanDiff diff = PlanDiff.between(catalogue.plan(catalogue.progress().from()), next);
        CollectDesk orders = rooms.orders(next);
        diff.moved().forEach(connection -> orders.heal(connection, version.author()));
        List<String> again = rooms.move(next, version);
        List<String> read = new ArrayList<>(diff.ordered());
        read.removeIf(dataset -> diff.moved().contains(connection(next, dataset)));
        read.forEach(dataset -> orders.resnapshot(dataset, version.author()));
        step(again.isEmpty() ? "nothing had to be started again" : "started again: " + String.join(", ", again));
        desk.list().values().stream()
                .filter(grant -> waits(grant, version))
                .forEach(grant -> resume(desk, grant, version));
        rooms.settle(version, catalogue.directory(version.version()));
        note(catalogue.progress().finished(Instant.now()));
    }

    private static String connection(Plan plan, String dataset) {
        DatasetPlan found = plan.datasets().get(dataset);
        return found == null ? "" : found.connection();
    }

    private void cut(GrantDesk desk, GrantEffect effect, CatalogueVersion version) {
        Grant grant = effect.grant();
        String reason = reason(effect, version);
        if (effect.kind() == GrantEffect.Kind.ENDED) {
            desk.end(grant.id(), version.author(), reason);
        } else {
            desk.suspend(grant.id(), version.author(), reason);
        }
        step("grant " + grant.id() + " " + effect.text());
    }

    private void awaitCuts(GrantDesk desk, CatalogueVersion version) {
        List<String> late = new ArrayList<>();
        for (Grant grant : desk.list().values()) {
            if (GrantLife.cut(grant.status())
                    && grant.last().reason().startsWith(mark(version))
                    && !desk.awaitCut(grant.id(), CUT)) {
                late.add(grant.id());
            }
        }
        if (!late.isEmpty()) {
            throw new MoveStuck("the release tasks have not acknowledged the cut of " + String.join(", ", late));
        }
    }

    private static void narrow(GrantDesk desk, Grant grant, Plan next) {
        CatalogueDesk.effects(next, next)
                .of(grant)
                .flatMap(GrantEffect::narrowed)
                .ifPresent(left -> desk.narrow(grant.id(), left.items()));
    }

    private void resume(GrantDesk desk, Grant grant, CatalogueVersion version) {
        Grant resumed = desk.resume(grant.id(), version.author());
        step("grant " + grant.id() + " flows again: epoch " + resumed.epoch() + ", topic " + resumed.topic());
    }

    /** Whether this version cut it only to let it flow again. */
    private static boolean waits(Grant grant, CatalogueVersion version) {
        return grant.status() == Grant.Status.SUSPENDED
                && (grant.last().reason().startsWith(mark(version) + GrantEffect.Kind.NARROWED)
                        || grant.last().reason().startsWith(mark(version) + GrantEffect.Kind.RENEWED));
    }

    private static String reason(GrantEffect effect, CatalogueVersion version) {
        String references = effect.restricts()
                ? " (consultation %s, filing %s)".formatted(version.consultation(), version.filing())
                : "";
        return mark(version) + effect.kind() + references + ": " + String.join("; ", effect.reasons());
    }

    private static String mark(CatalogueVersion version) {
        return "catalogue v" + version.version() + " ";
    }

    private void step(String text) {
        LOG.info("catalogue: {}", text);
        note(catalogue.progress().done(text, Instant.now()));
    }

    private void note(CatalogueProgress now) {
        catalogue.journal().write(now);
    }
}
