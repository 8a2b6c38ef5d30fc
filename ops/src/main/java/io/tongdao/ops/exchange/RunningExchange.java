package io.tongdao.ops.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.catalogue.Dataset;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the exchange on a data directory can be reached, for the commands that run beside it: {@code run/exchange.json}. Passwords are not in
 * it; they stay in {@code secrets/}.
 *
 * @param pid of the process that runs it
 * @param bootstrap the broker
 * @param registry the schema registry's URL
 * @param catalogue the files of the version in force, unpacked
 * @param api the HTTP API's URL; null: an earlier Tongdao wrote this, it has none
 * @param addresses what the catalogue's {@code ${…}} stand for, no secrets; null: an earlier Tongdao wrote this
 * @param accepted the day on which it was accepted, ISO 8601: it is read by that day; null: an earlier Tongdao wrote this, it is read by today
 */
public record RunningExchange(
        long pid,
        String bootstrap,
        String registry,
        String catalogue,
        @Nullable String accepted,
        @Nullable String api,
        @Nullable Map<String, String> addresses) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** This process, on a version's directory. */
    static RunningExchange of(EmbeddedParts parts, Path catalogue, CatalogueVersion version, String api) {
        return new RunningExchange(
                ProcessHandle.current().pid(),
                parts.broker().bootstrap(),
                parts.registry().url(),
                catalogue.toString(),
                version.accepted().toString(),
                api,
                SampleProvince.variables(parts));
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
        return last(data)
                .filter(known -> ProcessHandle.of(known.pid())
                        .filter(ProcessHandle::isAlive)
                        .isPresent());
    }

    /** The day by which a catalogue given to the next start is to be read: the day of what was in force last; today if nothing was. */
    public static LocalDate accepted(Path data) throws IOException {
        return last(data).map(RunningExchange::acceptedOn).orElseGet(RunningExchange::today);
    }

    /** The catalogue in force, compiled to be read. */
    public Plan plan() {
        return PlanSource.compileToRead(Path.of(catalogue), acceptedOn());
    }

    /** The same with the addresses that it runs with, for a command that opens a connection itself. */
    public Plan planWithAddresses() {
        return PlanSource.compile(Path.of(catalogue), addresses == null ? Map.of() : addresses, acceptedOn());
    }

    /** Dataset → how often its provider says that it is brought up to date (更新周期). */
    public Map<String, Dataset.Cycle> cycles() {
        return PlanSource.cycles(Path.of(catalogue), acceptedOn());
    }

    private LocalDate acceptedOn() {
        return accepted == null ? today() : LocalDate.parse(accepted);
    }

    private static LocalDate today() {
        return CatalogueInForce.today(InstantSource.system());
    }

    private static Optional<RunningExchange> last(Path data) throws IOException {
        Path file = file(data.resolve("run"));
        return Files.exists(file)
                ? Optional.of(JSON.readValue(file.toFile(), RunningExchange.class))
                : Optional.empty();
    }

    private static Path file(Path run) {
        return run.resolve("exchange.json");
    }
}
