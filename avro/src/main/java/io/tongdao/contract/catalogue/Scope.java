package io.tongdao.contract.catalogue;

import java.time.LocalDate;
import java.util.Set;

/**
 * What a check looks at.
 *
 * @param doubtful files, relative to the directory, that are no YAML or do not define what their name says: what they should define is
 *     not missing as well
 * @param today for the validity of assessments
 */
record Scope(Catalogue catalogue, Set<String> doubtful, LocalDate today) {

    /** Whether a division is in force; true where that can't be said. */
    boolean knows(String division) {
        return partial("divisions") || catalogue.divisions().names().containsKey(division);
    }

    /** Whether a register lacks a file, so that nothing can be said of what is not in it. */
    boolean partial(String register) {
        return doubtful.stream()
                .anyMatch(file -> file.equals(register + ".yaml")
                        || file.equals(register + ".csv")
                        || file.startsWith(register + "/"));
    }

    /** Whether a dataset may be in a file that could not be read. */
    boolean hidden(String dataset) {
        return doubtful.contains("datasets/" + dataset.replace('.', '/') + ".yaml");
    }
}
