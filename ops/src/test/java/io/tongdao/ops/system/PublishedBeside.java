package io.tongdao.ops.system;

import io.tongdao.contract.catalogue.CatalogueArchive;
import io.tongdao.contract.change.References;
import io.tongdao.ops.provision.CatalogueDesk;
import io.tongdao.ops.provision.Principals;
import java.nio.file.Path;
import java.time.InstantSource;

/** A version that is published and not yet carried out. */
final class PublishedBeside {
    private PublishedBeside() {}

    static void publish(WholeExchange whole, Path catalogue) {
        int newest = whole.exchange().catalogue().progress().target();
        try (CatalogueDesk desk =
                new CatalogueDesk(whole.exchange().client(Principals.DECIDE), InstantSource.system())) {
            desk.publish(newest, CatalogueArchive.pack(catalogue), "test", "", References.NONE);
        }
    }
}
