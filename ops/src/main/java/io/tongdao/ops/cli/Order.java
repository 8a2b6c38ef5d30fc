package io.tongdao.ops.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who orders something of a running exchange, and how long to wait for it. */
final class Order {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who orders; put on record. Default: ${DEFAULT-VALUE}")
    String by = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Wait so long until it is done; exit code 1 if it is not by then.")
    int wait;

    @Mixin
    Place place = new Place();
}
