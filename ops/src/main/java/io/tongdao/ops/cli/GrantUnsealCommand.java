package io.tongdao.ops.cli;

import io.tongdao.ops.files.KeyPaper;
import io.tongdao.ops.files.Unsealing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao grant unseal}: for the consumer, on a machine of its own. */
@Command(
        name = "unseal",
        mixinStandardHelpOptions = true,
        header = "解密: open a sealed file and check it against its manifest.",
        description = {
            "Opens IN, a file as it was picked up, into OUT, if it is whole, unchanged and of this grant and version. Needs no",
            "running exchange. OUT is there whole or not at all, readable by its owner alone."
        })
final class GrantUnsealCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = "The sealed file.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to be made; it must not be there.")
    private Path out = Path.of("");

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The key, as it was handed out.")
    private Path key = Path.of("");

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "The version's manifest. Default: manifest.json beside IN.")
    private @Nullable Path manifest;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path beside = manifest == null ? in.toAbsolutePath().resolveSibling("manifest.json") : manifest;
        long rows = new Unsealing(KeyPaper.read(key), beside).open(in, out);
        PrintWriter console = spec.commandLine().getOut();
        console.printf("%s is whole: %,d rows, as its manifest says%n", out, rows);
        console.flush();
        return 0;
    }
}
