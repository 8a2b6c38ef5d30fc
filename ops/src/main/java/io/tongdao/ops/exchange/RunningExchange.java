package io.tongdao.ops.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.ops.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the exchange on a data directory can be reached, for the commands that run beside it: {@code run/exchange.json}. Passwords are not in
 * it; they stay in {@code secrets/}.
 *
 * @param pid of the process that runs it
 * @param bootstrap the broker
 * @param registry the schema registry's URL
 * @param catalogue the files of the version in force, unpacked
 */
public record RunningExchange(long pid, String bootstrap, String registry, String catalogue) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** This process, on a catalogue's directory. */
    static RunningExchange of(EmbeddedParts parts, Path catalogue) {
        return new RunningExchange(
                ProcessHandle.current().pid(),
                parts.broker().bootstrap(),
                parts.registry().url(),
                catalogue.toString());
    }

    /** Makes it known; whole or not at all. */
    public void publish(DataDirectory data) throws IOException {
        Path file = file(data.run());
        Path draft = file.resolveSibling("exchange.json.new");
        Files.write(draft, JSON.writeValueAsBytes(this));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The exchange that runs on a data directory, if one does. */
    public static Optional<RunningExchange> find(Path data) throws IOException {
        Path file = file(data.resolve("run"));
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        RunningExchange known = JSON.readValue(file.toFile(), RunningExchange.class);
        return ProcessHandle.of(known.pid()).filter(ProcessHandle::isAlive).map(process -> known);
    }

    private static Path file(Path run) {
        return run.resolve("exchange.json");
    }
}
