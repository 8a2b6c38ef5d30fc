package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Connection;
import io.tongdao.contract.plan.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the connections to agencies' databases; passwords only by reference. */
final class ConnectionReader {
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");

    private ConnectionReader() {}

    /** @param variables fills in {@code ${name}} */
    static Map<String, Connection> read(Fields root, Variables variables) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        for (Fields fields : root.named("connection")) {
            String name = fields.checked("", fields.name(), Ids.KEBAB);
            Source source = new Source(
                    name,
                    fields.text("agency"),
                    fields.word(
                            "engine",
                            Source.Engine.POSTGRESQL,
                            "key.missing",
                            "connection " + name + " lacks \"engine\": postgresql or mariadb"),
                    variables.text(fields, "host"),
                    port(fields, variables),
                    variables.text(fields, "database"),
                    variables.text(fields, "user"),
                    secret(fields, variables));
            connections.put(name, new Connection(fields.at(), source));
            fields.end();
        }
        return connections;
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
                fields.at("port"), "value.number", "\"port\" of connection " + fields.name() + " is no port number");
        return 0;
    }

    /** Never echoes what stands there: it may be the password. */
    private static String secret(Fields fields, Variables variables) {
        String reference = variables.text(fields, "password");
        boolean byReference = reference.startsWith("env:") || reference.startsWith("file:");
        if (!reference.isEmpty() && !byReference) {
            fields.problem(
                    fields.at("password"),
                    "secret.clear",
                    "the password of connection " + fields.name()
                            + " stands here in the clear: write env:NAME or file:PATH, and"
                            + " change the password, since whoever reads the catalogue knows it");
            return "";
        }
        return reference;
    }
}
