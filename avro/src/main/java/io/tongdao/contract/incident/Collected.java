package io.tongdao.contract.incident;

import io.tongdao.contract.serde.JsonFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which datasets were ever collected under an incident: what its end has to deal with. The value of {@code ctl.incident} under
 * {@code collected|<id>}; the exchange that collects writes it, and nobody else.
 */
public record Collected(String incident, Set<String> datasets) {
    /** What its keys begin with. */
    public static final String KEYS = "collected|";

    public static final JsonFormat<Collected> FORMAT = new JsonFormat<>(Collected.class);

    public Collected {
        datasets = new TreeSet<>(datasets);
    }

    public String key() {
        return KEYS + incident;
    }
}
