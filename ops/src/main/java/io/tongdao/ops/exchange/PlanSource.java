package io.tongdao.ops.exchange;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.CatalogueLoader;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.Dataset;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.catalogue.Problem;
import io.tongdao.contract.plan.Plan;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A catalogue's directory, compiled to run. */
public final class PlanSource {
    private PlanSource() {}

    /** @throws CatalogueRefused with every problem at once */
    public static Plan compile(Path catalogue, Map<String, String> variables) {
        return plan(CatalogueLoader.load(catalogue, variables));
    }

    /**
     * A catalogue compiled to run as it was accepted on a day.
     *
     * @throws CatalogueRefused with every problem at once
     */
    public static Plan compile(Path catalogue, Map<String, String> variables, LocalDate accepted) {
        return plan(CatalogueLoader.load(catalogue, variables, accepted));
    }

    /** A catalogue compiled to be read as it was accepted on a day: connections stay without address and secret. */
    public static Plan compileToRead(Path catalogue, LocalDate accepted) {
        return plan(CatalogueLoader.load(catalogue, Map.of(), accepted));
    }

    private static Plan plan(CatalogueLoader.Loaded loaded) {
        return switch (loaded) {
            case CatalogueLoader.Loaded.Whole(Catalogue whole) -> PlanCompiler.compile(whole);
            case CatalogueLoader.Loaded.Refused(List<Problem> problems) -> throw new CatalogueRefused(problems);
        };
    }

    /** A catalogue's directory compiled to be read: connections stay without address and secret. */
    public static Plan compileToRead(Path catalogue) {
        return plan(CatalogueLoader.load(catalogue));
    }

    /** Dataset → how often its provider says that it is brought up to date (更新周期). */
    static Map<String, Dataset.Cycle> cycles(Path catalogue, LocalDate accepted) {
        return switch (CatalogueLoader.load(catalogue, Map.of(), accepted)) {
            case CatalogueLoader.Loaded.Whole(Catalogue whole) ->
                whole.datasets().values().stream().collect(Collectors.toMap(Dataset::id, Dataset::update));
            case CatalogueLoader.Loaded.Refused(List<Problem> problems) -> throw new CatalogueRefused(problems);
        };
    }

    /**
     * Refuses a catalogue with mistakes before anything is started.
     *
     * @param accepted the day by which it is read
     */
    public static void check(Path catalogue, LocalDate accepted) {
        if (CatalogueLoader.load(catalogue, Map.of(), accepted)
                instanceof CatalogueLoader.Loaded.Refused(List<Problem> problems)) {
            throw new CatalogueRefused(problems);
        }
    }
}
