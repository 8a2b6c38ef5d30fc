package io.tongdao.ops.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which exchange a command is about that takes its catalogue as an argument. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where the running exchange keeps everything. Default: ${DEFAULT-VALUE}")
    Path data = Path.of("data");
}
