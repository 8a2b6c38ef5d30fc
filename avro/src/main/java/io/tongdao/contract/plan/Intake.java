package io.tongdao.contract.plan;

import java.util.List;

/** How the rows of a dataset come into the exchange (归集方式). A dataset that does not come in at all is a {@link LogicalDataset}. */
public sealed interface Intake {
    Capture CAPTURE = new Capture();

    /** By change data capture from the database of the dataset's connection. */
    record Capture() implements Intake {}

    /**
     * By files that the agency drops into an inbox (批量交换).
     *
     * @param inbox the entry of {@code inboxes.yaml}
     * @param encoding of CSV; Parquet has its own
     * @param nullText how an absent value stands in CSV, unquoted; empty: nothing between two separators
     * @param separator of CSV
     * @param key the columns that tell rows apart from file to file; empty: the subjects and the row key do
     */
    record Files(String inbox, Format format, Encoding encoding, String nullText, char separator, List<String> key)
            implements Intake {}

    /** The form of a file. */
    enum Format {
        CSV,
        PARQUET
    }

    /** The characters of a CSV file; what it cannot spell refuses the file. */
    enum Encoding {
        UTF_8("UTF-8"),
        GB18030("GB18030");

        private final String charset;

        Encoding(String charset) {
            this.charset = charset;
        }

        /** Java's name of it. */
        public String charset() {
            return charset;
        }
    }
}
