package io.tongdao.ops.exchange;

import io.tongdao.collect.CollectTopics;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.provision.CollectDesk;
import io.tongdao.ops.provision.GrantDesk;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rooms of the running exchange as a change of the catalogue moves them.
 *
 * @param api the HTTP API's URL
 * @param taken told the next plan when the stages run on it: sink and delivery follow
 */
record MovingRooms(
        EmbeddedParts parts,
        Provisioner provisioner,
        Stages stages,
        Collecting collecting,
        Consumer<Plan> taken,
        String api)
        implements PlanMove.Rooms {
    @Override
    public void prepare(Plan next) {
        provisioner.prepare(next, CollectTopics.of(next));
    }

    @Override
    public void check(Plan next) {
        provisioner.follow(next);
    }

    @Override
    public List<String> move(Plan next, CatalogueVersion version) {
        List<String> again = new ArrayList<>(stages.move(next, version.version(), provisioner));
        taken.accept(next);
        collecting.move(next).forEach(connection -> again.add("collection of " + connection));
        return again;
    }

    @Override
    public List<String> newDay(int version) {
        return stages.newDay(version, provisioner);
    }

    @Override
    public void settle(CatalogueVersion version, Path directory) {
        provisioner.settle();
        try {
            RunningExchange.of(parts, directory, version, api).publish(parts.data());
        } catch (IOException e) {
            throw new MoveStuck("run/exchange.json can't be written: " + e.getMessage());
        }
    }

    @Override
    public GrantDesk desk(Plan plan) {
        return new GrantDesk(EmbeddedRooms.client(parts, Principals.DECIDE), plan, InstantSource.system());
    }

    @Override
    public CollectDesk orders(Plan plan) {
        return new CollectDesk(EmbeddedRooms.client(parts, Principals.DECIDE), plan, InstantSource.system());
    }
}
