package io.tongdao.contract.catalogue;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the running exchange is with carrying out the newest version: in {@code ctl.catalogue} under {@code progress}. What survives a kill.
 *
 * @param from the version that everything ran on before
 * @param running the version that the stages are started with
 * @param target the version that is being carried out; equal to {@code running} once the grants it restricts are cut
 * @param steps what has been done of it, in words, in order
 * @param problem why it does not go on at the moment, or empty; it is tried again
 */
public record CatalogueProgress(int from, int running, int target, List<String> steps, String problem, Instant at) {
    public static final JsonFormat<CatalogueProgress> FORMAT = new JsonFormat<>(CatalogueProgress.class);

    public CatalogueProgress {
        steps = List.copyOf(steps);
    }

    /** A version in force, with nothing left to do. */
    public static CatalogueProgress inForce(int version, Instant at) {
        return new CatalogueProgress(version, version, version, List.of(), "", at);
    }

    public boolean settled() {
        return from == target && running == target;
    }

    public CatalogueProgress towards(int version, Instant now) {
        return new CatalogueProgress(from, running, version, List.of(), "", now);
    }

    public CatalogueProgress done(String step, Instant now) {
        List<String> more = new ArrayList<>(steps);
        more.add(step);
        return new CatalogueProgress(from, running, target, more, "", now);
    }

    public CatalogueProgress moved(Instant now) {
        return new CatalogueProgress(from, target, target, steps, "", now);
    }

    public CatalogueProgress finished(Instant now) {
        return new CatalogueProgress(target, target, target, steps, "", now);
    }

    public CatalogueProgress stuck(String why, Instant now) {
        return new CatalogueProgress(from, running, target, steps, why, now);
    }
}
