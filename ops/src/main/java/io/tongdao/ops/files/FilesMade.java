package io.tongdao.ops.files;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How files of a grant are doing; counts and times.
 *
 * @param versions that can be picked up
 * @param last the newest version; empty: there is none in this epoch
 * @param made when it was made; null: there is none
 * @param next when the next is due; null: when it is ordered
 * @param waits why a version that is due is not there; empty: none is due
 */
public record FilesMade(
        String grant,
        int epoch,
        int versions,
        String last,
        @Nullable Instant made,
        long rows,
        @Nullable Instant next,
        String waits) {}
