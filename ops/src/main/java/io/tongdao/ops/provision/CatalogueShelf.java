package io.tongdao.ops.provision;

import io.tongdao.contract.catalogue.CatalogueArchive;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.CatalogueVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Published versions unpacked, {@code run/catalogue/v<n>}: for the loader and for people. May be deleted at any time. */
public final class CatalogueShelf {
    private final Path shelf;

    /** @param run the folder of what runs */
    public CatalogueShelf(Path run) {
        this.shelf = run.resolve("catalogue");
    }

    /** The directory of a version, unpacked if it is not there or was changed by hand. */
    public Path directory(CatalogueVersion version, CatalogueJournal journal) {
        Path place = shelf.resolve("v" + version.version());
        try {
            if (!holds(place, version)) {
                Files.createDirectories(shelf);
                Path draft = Files.createTempDirectory(shelf, "v" + version.version() + ".");
                CatalogueArchive.unpack(journal.archive(version), draft);
                if (!holds(draft, version)) {
                    throw new ProvisionFailed(
                            "the files of " + version.name() + " in ctl.catalogue do not have its digest",
                            new IllegalStateException());
                }
                put(draft, place);
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue can't be unpacked under " + shelf, e);
        }
    }

    private static boolean holds(Path place, CatalogueVersion version) {
        if (!Files.isDirectory(place)) {
            return false;
        }
        try {
            return CatalogueArchive.pack(place).digest().equals(version.digest());
        } catch (CatalogueRefused e) {
            return false;
        }
    }

    private static void put(Path draft, Path place) throws IOException {
        if (Files.exists(place)) {
            Files.move(place, draft.resolveSibling(draft.getFileName() + ".old"));
        }
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    }
}
