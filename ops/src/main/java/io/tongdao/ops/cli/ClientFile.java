package io.tongdao.ops.cli;

import io.tongdao.ops.provision.Passwords;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A consumer's settings as files for stock clients, readable by their owner alone: Java clients read one form, librdkafka the other. */
enum ClientFile {
    /** For Kafka's own tools and Java programs. */
    JAVA(".properties") {
        @Override
        String text(Beside beside, String principal) throws IOException {
            Properties settings = new Properties();
            beside.client(principal).forEach((name, value) -> settings.setProperty(name, value.toString()));
            READING.forEach(settings::setProperty);
            settings.setProperty("group.id", principal);
            settings.setProperty("schema.registry.url", beside.running().registry());
            StringWriter text = new StringWriter();
            settings.store(text, "Tongdao: settings of " + principal);
            return text.toString();
        }
    },
    /** For kcat and whatever else is built on librdkafka. */
    LIBRDKAFKA(".conf") {
        @Override
        String text(Beside beside, String principal) {
            Map<String, Object> client = beside.client(principal);
            TreeMap<String, Object> settings = new TreeMap<>(READING);
            for (String same : new String[] {"bootstrap.servers", "security.protocol"}) {
                settings.put(same, client.get(same));
            }
            settings.put("sasl.mechanisms", client.get("sasl.mechanism"));
            settings.put("sasl.username", principal);
            settings.put(
                    "sasl.password", Passwords.in(beside.data()).of(principal).reveal());
            settings.put("group.id", principal);
            return settings.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                    .collect(Collectors.joining());
        }
    };

    private static final Map<String, String> READING =
            Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest");
    private final String suffix;

    ClientFile(String suffix) {
        this.suffix = suffix;
    }

    abstract String text(Beside beside, String principal) throws IOException;

    Path write(Beside beside, String principal) throws IOException {
        Path file = beside.data().secrets().resolve(principal + suffix);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text(beside, principal));
    }
}
