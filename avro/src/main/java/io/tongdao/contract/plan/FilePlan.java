package io.tongdao.contract.plan;

import java.time.LocalTime;

/**
 * How grants deliver files, as the authority sets it for all.
 *
 * @param at when daily files are made, in Asia/Shanghai
 * @param standard what a grant has that says nothing else
 */
public record FilePlan(LocalTime at, FileTerms standard) {
    /** What holds where terms.yaml says nothing else: sealed, and gone in a week. */
    public static final FilePlan DEFAULT =
            new FilePlan(LocalTime.of(2, 0), new FileTerms(FileTerms.Every.DAY, FileTerms.Format.CSV, true, 7));
}
