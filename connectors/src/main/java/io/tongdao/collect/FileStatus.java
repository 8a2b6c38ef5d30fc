package io.tongdao.collect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an inbox is doing.
 *
 * @param problem why nothing is taken, one line; null: nothing keeps it
 * @param waiting drops that lie in the inbox, by their manifests' ids, each with why
 * @param bare files without a manifest
 * @param failed reports in the failed folder
 */
public record FileStatus(
        String inbox,
        boolean running,
        @Nullable String problem,
        List<Dataset> datasets,
        List<String> waiting,
        int bare,
        int failed) {
    /**
     * @param last the file taken last, null: none yet
     * @param taking the id of the file that is being taken now, with how far; null: none is
     */
    public record Dataset(
            String dataset,
            @Nullable FileLoad last,
            @Nullable String taking) {}
}
