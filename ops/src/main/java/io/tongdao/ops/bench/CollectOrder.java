package io.tongdao.ops.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.ops.exchange.PlanSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link CollectMain} is to do.
 *
 * @param name of the connection and of its agency
 * @param password a reference
 * @param kafka client settings of the principal that collects
 * @param floor whether the floor is to run in place of our collector
 * @param catalogue a directory, or empty for the benches' own table
 * @param variables of the catalogue
 */
record CollectOrder(
        String name,
        Source.Engine engine,
        int port,
        String database,
        String user,
        String password,
        Map<String, Object> kafka,
        String registry,
        boolean floor,
        String catalogue,
        Map<String, String> variables) {
    /** A table that is read again has many moments to be killed at; what is measured does not read by chunks. */
    private static final Source.Tuning SMALL_CHUNKS = new Source.Tuning(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(1_000), Optional.empty());

    private static final JsonMapper JSON = new JsonMapper();

    static CollectOrder of(Source source, BenchServers servers, boolean floor) {
        return of(source, servers, floor, "", Map.of());
    }

    /** A connection of a catalogue, by our collector. */
    static CollectOrder of(Source source, BenchServers servers, Path catalogue) {
        return of(source, servers, false, catalogue.toString(), servers.variables());
    }

    private static CollectOrder of(
            Source source, BenchServers servers, boolean floor, String catalogue, Map<String, String> variables) {
        return new CollectOrder(
                source.name(),
                source.engine(),
                source.port(),
                source.database(),
                source.user(),
                source.passwordRef(),
                servers.collector(),
                servers.registryUrl(),
                floor,
                catalogue,
                variables);
    }

    /** One line. Holds a password: for standard input only. */
    String line() {
        try {
            return JSON.writeValueAsString(this) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order can't be written", e);
        }
    }

    static CollectOrder parse(String line) {
        try {
            return JSON.readValue(line, CollectOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("standard input does not begin with an order", e);
        }
    }

    /** Has the connection under {@link #name}. */
    Plan plan() {
        return catalogue.isEmpty()
                ? BenchTable.plan(
                        new Source(name, name, engine, "127.0.0.1", port, database, user, password, SMALL_CHUNKS))
                : PlanSource.compile(Path.of(catalogue), variables);
    }

    @Override
    public String toString() {
        return "CollectOrder[" + name + (floor ? ", floor]" : "]");
    }
}
