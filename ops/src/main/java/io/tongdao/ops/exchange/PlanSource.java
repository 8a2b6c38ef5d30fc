package io.tongdao.ops.exchange;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.CatalogueLoader;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.catalogue.Problem;
import io.tongdao.contract.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A catalogue's directory, compiled to run. */
public final class PlanSource {
    private PlanSource() {}

    /** @throws CatalogueRefused with every problem at once */
    public static Plan compile(Path catalogue, Map<String, String> variables) {
        return switch (CatalogueLoader.load(catalogue, variables)) {
            case CatalogueLoader.Loaded.Whole(Catalogue whole) -> PlanCompiler.compile(whole);
            case CatalogueLoader.Loaded.Refused(List<Problem> problems) -> throw new CatalogueRefused(problems);
        };
    }

    /** A catalogue's directory compiled to be read: connections stay without address and secret. */
    public static Plan compileToRead(Path catalogue) {
        return switch (CatalogueLoader.load(catalogue)) {
            case CatalogueLoader.Loaded.Whole(Catalogue whole) -> PlanCompiler.compile(whole);
            case CatalogueLoader.Loaded.Refused(List<Problem> problems) -> throw new CatalogueRefused(problems);
        };
    }

    /** Refuses a catalogue with mistakes before anything is started. */
    public static void check(Path catalogue) {
        if (CatalogueLoader.load(catalogue) instanceof CatalogueLoader.Loaded.Refused(List<Problem> problems)) {
            throw new CatalogueRefused(problems);
        }
    }
}
