package io.tongdao.contract.plan;

import java.util.Locale;

/**
 * How what a grant releases is handed over as files (文件交换, art. 34).
 *
 * @param sealed whether they are encrypted (SM4-GCM) with a key of their own, which only the consumer is given
 * @param keepDays so long a version can be picked up
 */
public record FileTerms(Every every, Format format, boolean sealed, int keepDays) {
    public static final int LONGEST = 366;

    public FileTerms {
        if (keepDays < 1 || keepDays > LONGEST) {
            throw new IllegalArgumentException("files are kept 1 to " + LONGEST + " days, not " + keepDays);
        }
    }

    /** When a version is made. */
    public enum Every {
        /** Once a day, at the time that {@code terms.yaml} says, and when it is ordered. */
        DAY,
        /** When it is ordered. */
        DEMAND;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Format {
        CSV,
        /** One object a line. */
        JSONL,
        PARQUET;

        /** The ending of a file of it, too. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In one line, as a grant has it. */
    public String text() {
        return "{every: %s, format: %s, sealed: %s, keep: P%dD}"
                .formatted(every.word(), format.word(), sealed, keepDays);
    }
}
