package io.tongdao.ops.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command works: the data directory and the catalogue. */
final class Place {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where everything is kept: topics, databases, tables, logs. Default: ${DEFAULT-VALUE}")
    Path data = Path.of("data");

    @Option(
            names = "--catalogue",
            paramLabel = "DIR",
            description = "The catalogue. Default: the sample province's, ops/catalogue")
    Path catalogue = home().resolve("ops/catalogue");

    /** The checkout or installation that we run from. */
    static Path home() {
        return Path.of(System.getProperty("tongdao.home", ".")).toAbsolutePath().normalize();
    }
}
