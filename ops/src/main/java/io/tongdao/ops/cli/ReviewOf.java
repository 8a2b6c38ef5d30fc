package io.tongdao.ops.cli;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.contract.catalogue.CatalogueArchive;
import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.change.PlanDiff;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.provision.CatalogueDesk;
import io.tongdao.ops.provision.CatalogueShelf;
import io.tongdao.ops.provision.Principals;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A directory's catalogue beside what runs: the difference, and the desk to publish it at.
 *
 * @param base the version that everything runs on
 * @param newest the last one published, which may still be on its way
 */
record ReviewOf(
        CatalogueDesk desk,
        CatalogueVersion base,
        CatalogueVersion newest,
        CatalogueArchive.Packed packed,
        PlanDiff diff)
        implements AutoCloseable {
    private static final int SCHEMAS = 1000;

    static ReviewOf beside(Beside beside, Path directory) {
        CatalogueArchive.Packed packed = CatalogueArchive.pack(directory);
        Plan next = PlanSource.compileToRead(directory);
        CatalogueDesk desk = new CatalogueDesk(beside.client(Principals.DECIDE), InstantSource.system());
        boolean whole = false;
        try {
            CatalogueProgress progress = desk.progress();
            CatalogueVersion base = desk.journal().version(progress.running());
            CatalogueVersion newest = desk.journal().newest().orElse(base);
            Plan now = PlanSource.compileToRead(
                    new CatalogueShelf(beside.data().run()).directory(base, desk.journal()), base.accepted());
            PlanDiff diff = desk.review(
                    now, next, new CachedSchemaRegistryClient(beside.running().registry(), SCHEMAS));
            whole = true;
            return new ReviewOf(desk, base, newest, packed, diff);
        } finally {
            if (!whole) {
                desk.close();
            }
        }
    }

    /** Whether exactly this is the newest version already. */
    boolean published() {
        return newest.digest().equals(packed.digest());
    }

    String said() {
        String line = "%s of %s, published by %s"
                .formatted(base.name(), base.at().toString().substring(0, 19), base.author());
        return newest.version() == base.version() ? line : line + "; " + newest.name() + " is being carried out";
    }

    @Override
    public void close() {
        desk.close();
    }
}
