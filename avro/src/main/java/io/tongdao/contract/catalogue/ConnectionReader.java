package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Connected;
import io.tongdao.contract.catalogue.Catalogue.Connection;
import io.tongdao.contract.catalogue.Catalogue.Receiving;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.Source.Tuning;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the connections to agencies' databases, and to those that receive returns; passwords only by reference. */
final class ConnectionReader {
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");

    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,6}");
    private static final String ROWS = "write a number of rows, from 1";

    private ConnectionReader() {}

    /** @param variables fills in {@code ${name}} */
    static List<Connected> read(Fields root, Variables variables) {
        List<Connected> connections = new ArrayList<>();
        for (Fields fields : root.named("connection")) {
            String name = fields.checked("", fields.name(), Ids.KEBAB);
            connections.add(
                    fields.has("receives") ? receiving(name, fields, variables) : connection(name, fields, variables));
            fields.end();
        }
        return connections;
    }

    private static Connection connection(String name, Fields fields, Variables variables) {
        Source source = new Source(
                name,
                fields.text("agency"),
                fields.word(
                        "engine",
                        Source.Engine.POSTGRESQL,
                        CheckCode.KEY_MISSING,
                        "connection " + name + " lacks \"engine\": postgresql, mariadb, mysql, sqlserver or oracle"),
                variables.text(fields, "host"),
                port(fields, variables),
                variables.text(fields, "database"),
                variables.text(fields, "user"),
                secret(fields, variables),
                tuning(fields));
        return new Connection(fields.at(), source);
    }

    private static Receiving receiving(String name, Fields fields, Variables variables) {
        Receiver.Engine engine = fields.word(
                "engine",
                Receiver.Engine.POSTGRESQL,
                CheckCode.KEY_MISSING,
                "connection " + name + " lacks \"engine\": postgresql, mariadb or mysql");
        Receiver receiver = new Receiver(
                name,
                fields.text("agency"),
                engine,
                variables.text(fields, "host"),
                port(fields, variables),
                engine == Receiver.Engine.POSTGRESQL ? variables.text(fields, "database") : "",
                fields.id("receives", Ids.SNAKE),
                variables.text(fields, "user"),
                secret(fields, variables));
        if (engine != Receiver.Engine.POSTGRESQL && fields.has("database")) {
            fields.problem(
                    fields.at("database"),
                    CheckCode.RECEIVER_DATABASE,
                    "in " + engine.word()
                            + " the schema that receives is the database: take \"database\" of connection " + name
                            + " out");
        }
        return new Receiving(fields.at(), receiver);
    }

    private static Tuning tuning(Fields connection) {
        Fields fields = connection.optionalSection("tuning");
        if (fields == null) {
            return Tuning.MEASURED;
        }
        Tuning tuning = new Tuning(
                Typed.number(fields, "batch", COUNT, ROWS),
                Typed.number(fields, "queue", COUNT, ROWS),
                Typed.number(fields, "snapshot_fetch", COUNT, ROWS),
                Typed.number(fields, "incremental_chunk", COUNT, ROWS),
                heartbeat(fields));
        if (tuning.batch().isPresent()
                && tuning.queue().isPresent()
                && tuning.queue().get() <= tuning.batch().get()) {
            fields.problem(
                    fields.at("queue"),
                    CheckCode.VALUE_NUMBER,
                    "\"queue\" holds more rows than one \"batch\": make it larger");
        }
        fields.end();
        return tuning;
    }

    private static Optional<Duration> heartbeat(Fields fields) {
        String text = fields.optional("heartbeat");
        try {
            Optional<Duration> read = text.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(text));
            if (read.isEmpty() || read.get().compareTo(Duration.ofMillis(100)) >= 0) {
                return read;
            }
        } catch (DateTimeException e) {
            // Said below, as for one that is too short.
        }
        fields.problem(
                fields.at("heartbeat"), CheckCode.VALUE_PERIOD, "\"heartbeat\" is no duration from 0.1 s: write PT1S");
        return Optional.empty();
    }

    private static int port(Fields fields, Variables variables) {
        String text = variables.text(fields, "port");
        if (text.isEmpty() || variables.open(text)) {
            return 0;
        }
        if (PORT.matcher(text).matches()) {
            return Integer.parseInt(text);
        }
        fields.problem(
                fields.at("port"),
                CheckCode.VALUE_NUMBER,
                "\"port\" of connection " + fields.name() + " is no port number");
        return 0;
    }

    /** Never echoes what stands there: it may be the password. */
    private static String secret(Fields fields, Variables variables) {
        String reference = variables.text(fields, "password");
        boolean byReference = reference.startsWith("env:") || reference.startsWith("file:");
        if (!reference.isEmpty() && !byReference) {
            fields.problem(
                    fields.at("password"),
                    CheckCode.SECRET_CLEAR,
                    "the password of connection " + fields.name()
                            + " stands here in the clear: write env:NAME or file:PATH, and"
                            + " change the password, since whoever reads the catalogue knows it");
            return "";
        }
        return reference;
    }
}
